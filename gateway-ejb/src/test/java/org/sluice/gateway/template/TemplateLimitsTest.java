package org.sluice.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.template.TemplateTest.failure;
import static org.sluice.gateway.template.TemplateTest.render;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.template.Template.Missing;
import org.sluice.gateway.template.TemplateException.Kind;

/** R3, R4: what a template may take. */
class TemplateLimitsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<Long> MANY = LongStream.range(0, 150_000).boxed().toList();
    private static final Map<String, Object> BIG = Map.of("x", "x", "big", "a".repeat(4 << 20), "many", MANY, "words", "word ".repeat(200_000),
            "deep", deep(60), "near", "a".repeat(1 << 20));

    @ParameterizedTest
    @ValueSource(strings = {"{% for i in range(1e9) %}{% endfor %}", "{% for i in range(1000000000) %}{% endfor %}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% for k in range(100000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ 'a' * 1000000000 }}", "{{ 'a' * 10 ** 300 }}", "{{ [1] * 1000000000 }}", "{{ (1,) * 100000 * 100000 }}", "{{ x | center(1000000000) }}", "{{ x.ljust(1000000000) }}",
        "{{ x.zfill(1000000000) }}", "{{ '%1000000000d' % 1 }}", "{{ '%9999999d' % 1 }}", "{{ '%.9999999f' % 1 }}", "{{ '{:9999999}'.format(1) }}", "{{ '{:.9999}'.format(1.5) }}",
        "{{ x | indent(1000000000, true) }}", "{{ 'a\nb\nc' | indent('x' * 1000000) }}", "{{ near | indent(near) }}", "{{ near | replace('a', near) }}", "{{ near.join(near) }}", "{{ [near, near] | join }}",
        "{{ near ~ near }}", "{{ near + near }}", "{{ near }}{{ near }}", "{{ [near, near] }}", "{{ near | urlencode | urlencode }}{{ near | urlencode }}", "{{ ('<' * 500000) | e }}",
        "{{ 2 ** 100000 }}", "{{ 10 ** 10 ** 100 }}", "{{ 2 ** 1000 * 2 ** 1000 }}", "{{ 9 ** 9 ** 9 ** 9 }}", "{{ range(1000000) | list }}", "{{ range(0, 1000000000000000000000) }}", "{{ 'a' | wordwrap(9999999999) }}",
        "{% set ns = namespace(s='a') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}", "{% set ns = namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}", "{% set ns = namespace(s=[]) %}{% for i in range(9000) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[], t=[]) %}{% for i in range(9000) %}{% set ns.s = [ns.s] %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
        "{% set ns = namespace(s=[], t=[]) %}{% for i in range(9000) %}{% set ns.s = [ns.s] %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.s < ns.t }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(9000) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s | tojson }}", "{% set ns = namespace() %}{% set ns.me = ns %}{{ ns }}", "{% set ns = namespace() %}{% set ns.me = [ns] %}{{ ns.me }}",
        "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}", "{% macro m() %}{% for i in range(10) %}{{ m() }}{% endfor %}{% endmacro %}{{ m() }}",
        "{{ many | batch(1) | list | length }}{{ many | slice(100000) }}", "{{ [1] | batch(1000000000, 0) }}", "{{ [1] | slice(1000000000) }}", "{{ many | join }}", "{{ many | map('string') | join }}", "{{ many | list }}",
        "{% for i in many %}{% endfor %}", "{{ words.split() | length }}{{ words.split() | length }}{{ words.split() | length }}{{ words.split() }}", "{{ words | title | wordwrap(2) }}{{ words | wordwrap(2) }}", "{{ big | upper }}", "{{ big[::-1] }}", "{{ big | list }}", "{{ big.split('a') }}",
        "{% for i in range(5000) %}{{ big | length }}{% endfor %}", "{% for i in range(5000) %}{{ big == big ~ '' }}{% endfor %}", "{% for i in range(9999) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaab' in big }}{% endfor %}",
        "{% for i in range(9999) %}{{ big.count('aaaaaaaaaaaaaaaab') }}{% endfor %}", "{% for i in range(9999) %}{{ x in many }}{% endfor %}", "{{ many | sum }}{{ many | max }}{{ many | unique }}",
        "{{ dict(many | map('string') | map('list')) }}", "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "{% filter upper %}{{ near }}{% endfilter %}{% filter upper %}{{ near }}{% endfilter %}{{ near }}{{ near | lower }}",
        "{{ ['a'] | map('map', 'map', 'map', 'map', 'map', 'map', 'map', 'map', 'map', 'map', 'map', 'map', 'upper') | list }}{{ range(100000) | map('string') | list }}"})
    void r3_what_grows_without_end_is_refused_in_time_and_memory(String source) {
        Template template = Template.compile(source);
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long allocatedBefore = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long before = THREADS.getCurrentThreadCpuTime();
            TemplateException e = failure(() -> template.render(BIG));
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
            bytes = Math.min(bytes, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocatedBefore);
            assertThat(e.kind()).isIn(Kind.LIMIT, Kind.VALUE);
        }
        assertThat(nanos).as("CPU nanoseconds, the least of three: the virtual machine compiles beside us").isLessThan(100_000_000);
        assertThat(bytes).as("bytes allocated in all, the living and the dead").isLessThan(8 << 20);
    }

    @Test
    void r3_variables_that_hold_themselves_are_refused() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("me", cyclic);
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertThat(failure("{{ me }}", cyclic).kind()).isEqualTo(Kind.LIMIT);
        assertThat(failure("{{ list }}", Map.of("list", list)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(failure("{{ deep }}", Map.of("deep", deep(100))).kind()).isEqualTo(Kind.LIMIT);
        assertThat(render("{{ x }}", Map.of("x", 1, "unused", cyclic))).isEqualTo("1");
    }

    private static Object deep(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    @Test
    void r4_chains_of_ten_thousand_are_worked_off_without_a_stack() throws Exception {
        assertThat(onSmallStack("{{ x" + " | upper".repeat(10_000) + " }}")).isEqualTo("X");
        assertThat(onSmallStack("{{ 1" + " + 1".repeat(10_000) + " }}")).isEqualTo("10001");
        assertThat(onSmallStack("{{ 1" + " ~ 1".repeat(1_000) + " }}")).hasSize(1_001);
        assertThat(onSmallStack("{{ x" + "[0]".repeat(10_000) + " }}")).isEqualTo("x");
        assertThat(onSmallStack("{{ x" + ".bb".repeat(80_000) + " is undefined }}")).contains("has no attribute 'bb'");
        assertThat(onSmallStack("{{ 1" + " and 1".repeat(10_000) + " }}")).isEqualTo("1");
        assertThat(onSmallStack("{{ 1" + " == 1".repeat(10_000) + " }}")).isEqualTo("True");
        assertThat(onSmallStack("{% if x == 0 %}a" + "{% elif x == 1 %}b".repeat(5_000) + "{% else %}c{% endif %}")).isEqualTo("c");
    }

    @Test
    void r4_a_longer_chain_meets_the_step_limit() {
        assertThat(failure("{% for i in range(20) %}{{ i" + "|abs".repeat(10_000) + " }}{% endfor %}", Map.of())).hasMessageContaining("steps");
        assertThat(failure("{{ many | sort }}", BIG)).hasMessageContaining("steps");
        assertThat(failure("{{ 1.5 | round(1000000000) }}{{ 1 | round(1000000000, 'floor') }}", BIG).kind()).isEqualTo(Kind.LIMIT);
        assertThat(failure("{{ x | regex_replace('(a+)+$', '') }}", BIG)).hasMessageContaining("No filter named");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "not ", "-", "{1:", "x[", "f(", "x is in(", "(1 + (", "x | join(", "1 if 1 else "})
    void nesting_is_bounded_in_expressions(String open) throws Exception {
        assertThat(onSmallStack("{{ " + open.repeat(20_000))).contains("nested deeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% if 1 %}", "{% for i in x %}", "{% with %}", "{% filter upper %}", "{% set x %}", "{% macro m() %}", "{% call m() %}"})
    void nesting_is_bounded_in_blocks(String open) throws Exception {
        assertThat(onSmallStack(open.repeat(10_000))).contains("nested deeper");
    }

    @Test
    void the_deepest_nesting_that_is_allowed_fits_a_small_stack() throws Exception {
        int levels = TemplateLimits.DEFAULT.nesting() - 3;
        assertThat(onSmallStack("{{ " + "(1 + 2 * 3 ** 1 ~ (".repeat(levels / 2) + "1" + ") == 1 or 1 and not 1 in [1])".repeat(levels / 2) + " }}")).isNotEmpty();
        assertThat(onSmallStack("{% if 1 %}".repeat(levels) + "x" + "{% endif %}".repeat(levels))).isEqualTo("x");
        assertThat(onSmallStack("{% macro m(n) %}{% if n %}" + "{% if 1 %}".repeat(20) + "{{ m(n - 1) }}" + "{% endif %}".repeat(20) + "{% endif %}.{% endmacro %}{{ m(8) }}")).isEqualTo(".........");
        assertThat(onSmallStack("{% macro m(n) %}{{ m(n - 1) if n }}.{% endmacro %}{{ m(10000) }}")).contains("nested too deeply");
    }

    private static String onSmallStack(String source) throws InterruptedException {
        String[] outcome = new String[1];
        Thread thread = new Thread(null, () -> {
            try {
                outcome[0] = render(source, Map.of("x", "x"));
            } catch (Throwable e) {
                outcome[0] = e.toString();
            }
        }, "small", 512 << 10);
        thread.start();
        thread.join();
        return outcome[0];
    }

    @Test
    void every_limit_holds_at_its_number() {
        TemplateLimits small = new TemplateLimits(100, 50, 1_000, 10, 5, 1_000_000);
        assertThat(Template.compile("x".repeat(100).substring(50), small).render(Map.of())).hasSize(50);
        assertThat(failure(() -> Template.compile("x".repeat(101), small).render(Map.of()))).hasMessageContaining("longer than 100 characters");
        assertThat(failure(() -> Template.compile("x".repeat(51), small).render(Map.of()))).hasMessageContaining("longer than 50 characters");
        assertThat(Template.compile("{% for i in range(10) %}{{ i }}{% endfor %}", small).render(Map.of())).isEqualTo("0123456789");
        assertThat(failure(() -> Template.compile("{% for i in range(11) %}{{ i }}{% endfor %}", small).render(Map.of()))).hasMessageContaining("turn more than 10 times");
        assertThat(failure(() -> Template.compile("{{ range(2000) | list | length }}", small).render(Map.of()))).hasMessageContaining("more than 1000 steps");
        assertThat(failure(() -> Template.compile("{{ ((((((1)))))) }}", small).render(Map.of()))).hasMessageContaining("nested deeper than 5");
        assertThat(failure(() -> Template.compile("{% set a = 'x' * 50 %}{% set a = 'x' * 50 %}{% set a = 'x' * 50 %}{% set a = 'x' * 50 %}", small).render(Map.of())))
                .hasMessageContaining("more than 150 characters of text");
    }

    @Test
    void the_clock_that_is_given_bounds_the_time() {
        Template template = Template.compile("{% for i in range(9000) %}{{ i }}{% endfor %}");
        AtomicLong clock = new AtomicLong();
        assertThat(failure(() -> template.render(Map.of(), Missing.EMPTY, () -> clock.getAndAdd(60_000_000)))).hasMessageContaining("more than 100 ms");
        assertThat(template.render(Map.of(), Missing.EMPTY, () -> clock.getAndAdd(1_000))).isNotEmpty();
    }
}

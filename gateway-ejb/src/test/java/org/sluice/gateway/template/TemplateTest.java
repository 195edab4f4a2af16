package org.sluice.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.template.Template.Missing;
import org.sluice.gateway.template.TemplateException.Kind;

class TemplateTest {
    @Test
    void an_error_tells_its_line_and_column() {
        TemplateException syntax = failure("Hello\n  {{ name | nope }}", Map.of());
        assertThat(syntax.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(syntax.line()).isEqualTo(2);
        assertThat(syntax.column()).isEqualTo(13);
        assertThat(syntax).hasMessage("line 2, column 13: No filter named 'nope'");

        TemplateException value = failure("a\r\nb\n{{ x }}{{ 1 + x }}", Map.of("x", "text"));
        assertThat(value.kind()).isEqualTo(Kind.VALUE);
        assertThat(value.line()).isEqualTo(3);
        assertThat(value.column()).isEqualTo(11);
    }

    @Test
    void an_error_does_not_tell_a_variables_value() {
        String secret = "s3cr3t-value";
        for (String source : List.of("{{ x + 1 }}", "{{ x | abs }}", "{{ x() }}", "{{ x.y.z }}", "{{ [1] | map(x) }}", "{{ x | int | nope }}", "{{ x - x }}",
                "{{ 1 is in x }}", "{{ x < 1 }}", "{{ x % (1, 2) }}", "{{ x.foo() }}", "{{ '%d' % x }}", "{% for a, b in [x] %}{% endfor %}", "{{ range(x) }}", "{{ {}[x].y }}", "{{ {} [x] + 1 }}", "{{ [{}] | sum(attribute=x) }}",
                "{{ {} | attr(x) + 1 }}", "{{ dict(**{x: 1}).y.z }}", "{{ range(**{x: 1}) }}", "{% macro m() %}{% endmacro %}{{ m(**{x: 1}) }}", "{{ 'a' | upper(**{x: 1}) }}",
                "{{ ('{' ~ x ~ '}').format() }}", "{{ ('%(' ~ x ~ ')s') % {} }}", "{{ [1] | select(x) }}", "{{ 'abc' | center(x) }}", "{{ 'a'.split(1, x) }}")) {
            assertThat(failure(source, Map.of("x", secret)).getMessage()).as(source).doesNotContain(secret);
        }
    }

    @Test
    void a_template_tells_which_variables_it_wants() {
        assertThat(Template.compile("{{ user.name }}{% for item in items %}{{ item }}{{ loop.index }}{% endfor %}{% set x = 1 %}{{ x + y }}{{ range(3) }}"
                + "{% macro m(p) %}{{ p }}{{ q }}{% endmacro %}{{ m(1) }}").variables()).containsExactlyInAnyOrder("user", "items", "y", "q");
    }

    @Test
    void numbers_of_every_java_class_are_numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("n", Arrays.asList(1, 2L, (short) 3, (byte) 4, 1.5f, 2.5, new BigDecimal("1.50"), new BigInteger("12345678901234567890"), null, true));
        assertThat(render("{{ n }}", numbers)).isEqualTo("[1, 2, 3, 4, 1.5, 2.5, 1.5, 12345678901234567890, None, True]");
    }

    @Test
    void variables_are_not_changed_and_a_change_in_the_template_is_refused() {
        Map<String, Object> variables = Map.of("list", List.of(1, 2));
        assertThat(render("{% set list = list + [3] %}{{ list }}", variables)).isEqualTo("[1, 2, 3]");
        assertThat(failure("{{ list.append(3) }}", variables)).hasMessageContaining("cannot change a list");
    }

    @Test
    void a_strict_rendering_names_every_undefined_variable_at_once() {
        Template template = Template.compile("{{ a }}\n{% if b %}x{% endif %}\n{% for i in c %}{{ i }}{% endfor %}{{ user.name }}{{ d | default('ok') }}{{ e is defined }}\n"
                + "{% set f = g + 1 %}{{ f }}{{ h ~ 'x' }}{{ a }}{{ i.j.k }}");
        TemplateException e = failure(() -> template.render(Map.of("user", Map.of("id", 1)), Missing.REFUSED));
        assertThat(e.kind()).isEqualTo(Kind.UNDEFINED);
        assertThat(e.names()).containsExactly("a", "b", "c", "user.name", "g", "h", "i");
        assertThat(e.line()).isEqualTo(1);
        assertThat(e).hasMessageContaining("a (line 1), b (line 2), c (line 3), user.name (line 3), g (line 4), h (line 4), i (line 4)");
    }

    @Test
    void a_strict_rendering_with_all_variables_is_like_any() {
        Template template = Template.compile("{{ a }}{{ b | default('-') }}{{ 'x' if c is defined else 'y' }}{{ a if a }}");
        assertThat(template.render(Map.of("a", 1), Missing.REFUSED)).isEqualTo("1-y1");
    }

    @Test
    void a_strict_rendering_still_fails_at_once_for_other_reasons() {
        Template template = Template.compile("{{ a }}{{ 1 / 0 }}");
        assertThat(failure(() -> template.render(Map.of(), Missing.REFUSED)).kind()).isEqualTo(Kind.VALUE);
    }

    @Test
    void what_is_left_out_is_refused_with_what_to_do_instead() {
        for (String source : List.of("{% include 'x' %}", "{% import 'x' as y %}", "{% from 'x' import y %}", "{% extends 'x' %}", "{% block b %}{% endblock %}",
                "{% do x %}", "{% for i in x recursive %}{% endfor %}", "{% for i in x %}{% break %}{% endfor %}", "{% autoescape true %}{% endautoescape %}",
                "{% trans %}x{% endtrans %}")) {
            TemplateException e = failure(source, Map.of());
            assertThat(e.kind()).as(source).isEqualTo(Kind.UNSUPPORTED);
            assertThat(e.getMessage()).as(source).contains("is not supported: ").doesNotContain("null").hasSizeGreaterThan(40);
        }
    }

    @Test
    void what_differs_from_jinja2_is_as_documented() {
        assertThat(render("{{ [1, 2] | map('string') }}", Map.of())).isEqualTo("['1', '2']");
        assertThat(render("{{ [1, 2] | select('odd') | length }}", Map.of())).isEqualTo("1");
        assertThat(render("{{ '<' | e | e }}", Map.of())).isEqualTo("&amp;lt;");
        assertThat(render("{{ d.items }}", Map.of("d", Map.of("items", "a member")))).isEqualTo("a member");
        assertThat(failure("{{ x | random }}", Map.of()).kind()).isEqualTo(Kind.SYNTAX);
    }

    @Test
    void one_template_is_rendered_by_many_threads_at_once() throws Exception {
        Template template = Template.compile("{% set ns = namespace(n=0) %}{% for i in range(50) %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> renderings = IntStream.range(0, 400)
                    .mapToObj(i -> (Callable<Boolean>) () -> template.render(Map.of("x", i)).equals(String.valueOf(50 * i))).toList();
            for (Future<Boolean> rendering : threads.invokeAll(renderings)) {
                assertThat(rendering.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static String render(String source, Map<String, ?> variables) {
        return Template.compile(source).render(variables);
    }

    static TemplateException failure(String source, Map<String, ?> variables) {
        return failure(() -> render(source, variables));
    }

    static TemplateException failure(Callable<String> rendering) {
        try {
            String rendered = rendering.call();
            throw new AssertionError("rendered: " + rendered.substring(0, Math.min(200, rendered.length())));
        } catch (TemplateException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError("not the package's exception", e);
        }
    }
}

package org.sluice.gateway.template;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.replay.Property;
import org.sluice.gateway.template.Template.Missing;

/** Random templates end in a text or in the package's exception, in time, in size, and on a small stack. */
class TemplateFuzzTest {
    private static final int EXAMPLES = Integer.getInteger("gateway.fuzz.templates", 12_000);
    private static final long MAX_NANOS = TemplateLimits.DEFAULT.cpuNanos();
    private static final Map<String, Object> VARIABLES = variables();

    private static Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("x", "value {{ n }} 😀");
        variables.put("n", 3);
        variables.put("list", Arrays.asList(1, "two", null, 4.5, true, List.of(1, 2), Map.of("k", 1)));
        variables.put("map", Map.of("k", "v", "items", List.of(1), "name", 2));
        variables.put("text", "The quick brown fox. ".repeat(200));
        variables.put("deep", LongStream.range(0, 60).boxed().reduce((Object) 1, (value, i) -> List.of(value), (a, b) -> a));
        return variables;
    }

    @Test
    void a_random_template_is_text_or_the_packages_exception_within_its_limits() throws Exception {
        onSmallStack(() -> Property.holds(EXAMPLES, RandomTemplate::of, source -> endsWell(source, Missing.EMPTY)));
    }

    @Test
    void so_is_a_strict_one() throws Exception {
        onSmallStack(() -> Property.holds(EXAMPLES / 5, RandomTemplate::of, source -> endsWell(source, Missing.REFUSED)));
    }

    @Test
    void so_are_random_characters() throws Exception {
        String alphabet = "{}%#-+|.,:()[]'\"\\ \n\tabif01_~=<>!*/elsndor\u00e4\ud83d\ude00";
        onSmallStack(() -> Property.holds(EXAMPLES, chance -> characters(alphabet, chance), source -> endsWell(source, Missing.EMPTY)));
    }

    @Test
    void compiling_and_rendering_again_gives_the_same() throws Exception {
        onSmallStack(() -> Property.holds(EXAMPLES / 10, RandomTemplate::of, source -> {
            String first = outcome(source, Missing.EMPTY);
            String second = outcome(source, Missing.EMPTY);
            if (!first.equals(second)) {
                throw new AssertionError(first + "\n is not\n" + second);
            }
        }));
    }

    private static String characters(String alphabet, Random chance) {
        StringBuilder characters = new StringBuilder(chance.nextBoolean() ? "{{" : "{%");
        for (int i = chance.nextInt(40); i > 0; i--) {
            characters.append(alphabet.charAt(chance.nextInt(alphabet.length())));
        }
        return characters.append(chance.nextBoolean() ? "}}" : "%}").toString();
    }

    private static void endsWell(String source, Missing missing) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String outcome = outcome(source, missing);
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        if (outcome.length() > TemplateLimits.DEFAULT.outputCharacters()) {
            throw new AssertionError("the output has " + outcome.length() + " characters");
        }
        if (took > MAX_NANOS + MAX_NANOS / 2) {
            throw new AssertionError("it took " + took / 1_000_000 + " ms of CPU");
        }
    }

    private static String outcome(String source, Missing missing) {
        try {
            return Template.compile(source).render(VARIABLES, missing);
        } catch (TemplateException e) {
            return e.kind() + " " + e.getMessage();
        } catch (Throwable e) {
            StackTraceElement[] trace = e.getStackTrace();
            throw new AssertionError(e + " at " + (trace.length > 0 ? trace[0] : "?"), e);
        }
    }

    private static void onSmallStack(Runnable test) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, () -> {
            try {
                test.run();
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "fuzz", 512 << 10);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0].getMessage(), failure[0]);
        }
    }
}

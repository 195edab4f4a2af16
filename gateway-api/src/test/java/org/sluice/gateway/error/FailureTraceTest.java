package org.sluice.gateway.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailureTraceTest {
    private static final String KEY = "sk-sentinel-7f3a";

    @Test
    @DisplayName("K5: what is logged of a failure inside the gateway holds none of its words")
    void k5_no_word_of_a_failure_is_printed() {
        IllegalStateException inner = new IllegalStateException("Illegal character in header: Bearer " + KEY);
        RuntimeException failure = new RuntimeException("cannot send " + KEY, inner);
        failure.addSuppressed(new IllegalArgumentException(KEY));

        String printed = printed(FailureTrace.of(failure));

        assertThat(printed).doesNotContain(KEY).contains("java.lang.RuntimeException").contains("java.lang.IllegalStateException")
                .contains("FailureTraceTest.k5_no_word_of_a_failure_is_printed");
    }

    @Test
    void a_chain_of_causes_that_never_ends_is_cut() {
        RuntimeException first = new RuntimeException(KEY);
        RuntimeException second = new RuntimeException(KEY, first);
        first.initCause(second);

        assertThat(printed(FailureTrace.of(first))).hasSizeLessThan(100_000).doesNotContain(KEY);
    }

    private static String printed(Throwable trace) {
        StringWriter text = new StringWriter();
        trace.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.health.HealthSettings.CircuitSettings;

/** The state machine as a table: what happens, and the state after it. */
class CircuitTest {
    private long now;
    private final Deque<Long> staying = new ArrayDeque<>();
    private Circuit circuit;

    /**
     * {@code ok fail drop}: a call that is let in and ends so at once. {@code in}, {@code early}: one that is let in and stays;
     * {@code out}, {@code earlyout}: one that is kept out. {@code ends-ok ends-fail ends-drop}: the end of the one that has stayed
     * longest; {@code answers}: its first piece. {@code open reset}: by hand. {@code +7}: seconds pass. {@code fail*20}: twenty times.
     */
    private void run(String script) {
        for (String step : script.split(" +")) {
            if (step.startsWith("+")) {
                now += Duration.ofSeconds(Long.parseLong(step.substring(1))).toNanos();
                continue;
            }
            int star = step.indexOf('*');
            int times = star < 0 ? 1 : Integer.parseInt(step.substring(star + 1));
            for (int i = 0; i < times; i++) {
                step(star < 0 ? step : step.substring(0, star));
            }
        }
    }

    private void step(String step) {
        switch (step) {
            case "ok", "fail", "drop" -> end(step, letIn(false));
            case "in" -> staying.addLast(letIn(false));
            case "early" -> staying.addLast(letIn(true));
            case "out" -> assertThat(circuit.enter(now, false)).isEqualTo(Circuit.NO_PASS);
            case "earlyout" -> assertThat(circuit.enter(now, true)).isEqualTo(Circuit.NO_PASS);
            case "ends-ok", "ends-fail", "ends-drop" -> end(step.substring(5), staying.removeFirst());
            case "answers" -> circuit.succeeded(staying.getFirst(), now);
            case "open" -> circuit.open(now);
            case "reset" -> circuit.close();
            default -> throw new IllegalArgumentException(step);
        }
    }

    private long letIn(boolean isEarly) {
        long pass = circuit.enter(now, isEarly);
        assertThat(pass).as("let in").isNotEqualTo(Circuit.NO_PASS);
        return pass;
    }

    private void end(String how, long pass) {
        switch (how) {
            case "ok" -> circuit.succeeded(pass, now);
            case "fail" -> circuit.failed(pass, now);
            default -> circuit.abandoned(pass);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // closed: threshold 20, ratio 0.5, window 10 s
        "drop*100                                            | CLOSED",
        "fail*19                                             | CLOSED",
        "fail*20                                             | OPEN",
        "ok*11 fail*9                                        | CLOSED",
        "ok*11 fail*10                                       | CLOSED",
        "ok*11 fail*11                                       | OPEN",
        "ok*10 fail*10                                       | OPEN",
        "drop*50 ok*11 fail*10                               | CLOSED",
        "fail*10 +12 fail*9 ok                               | CLOSED",
        "ok*100 +12 fail*19 ok fail                          | OPEN",
        // failures in a row count however long they took, one success between them ends the row
        "fail +60 fail*18 +60                                | CLOSED",
        "fail*10 +60 fail*9 +60 fail                         | OPEN",
        "fail*10 +60 ok +60 fail*10                          | CLOSED",
        // open: kept out until the delay of 30 s is over, late outcomes of calls from before do nothing
        "fail*20 out +29 out                                 | OPEN",
        "in*2 fail*20 ends-ok ends-fail +30 in               | HALF_OPEN",
        "in fail*20 +30 in ends-ok                           | HALF_OPEN",
        // half-open: one probe at a time; a good one closes, a bad one opens for another delay
        "fail*20 +30 in out out                              | HALF_OPEN",
        "fail*20 +30 ok                                      | CLOSED",
        "fail*20 +30 fail out +29 out                        | OPEN",
        "fail*20 +30 fail +30 ok                             | CLOSED",
        "fail*20 +30 drop drop in out                        | HALF_OPEN",
        "fail*20 +30 in answers                              | CLOSED",
        "fail*20 +30 in answers ends-ok fail*18              | CLOSED",
        // closed again it starts from nothing
        "fail*20 +30 ok fail*19                              | CLOSED",
        "fail*20 +30 ok fail*20                              | OPEN",
        // the lease of a probe that says nothing ends after 20 s; a late good word of it is not heard, a bad one is
        "fail*20 +30 in +19 out                              | HALF_OPEN",
        "fail*20 +30 in +20 in out                           | HALF_OPEN",
        "fail*20 +30 in +20 in ends-ok                       | HALF_OPEN",
        "fail*20 +30 in +20 in ends-ok ends-ok               | CLOSED",
        "fail*20 +30 in +20 in ends-fail out                 | OPEN",
        "fail*20 +30 in +25 ends-ok                          | CLOSED",
        // nobody else can be asked: a probe goes before the delay is over, one at a time
        "fail*20 early earlyout                              | HALF_OPEN",
        "fail*20 early out                                   | HALF_OPEN",
        "fail*20 early ends-ok                               | CLOSED",
        "fail*20 +1 early ends-fail out early ends-fail      | OPEN",
        // by hand
        "open out                                            | OPEN",
        "open +30 ok                                         | CLOSED",
        "fail*20 reset in                                    | CLOSED",
        "fail*20 +30 in reset ends-fail fail*18              | CLOSED",
        "fail*20 +29 open +1 in                              | HALF_OPEN"})
    void the_state_after(String script, Circuit.State state) {
        circuit = new Circuit(new CircuitSettings(20, 0.5, Duration.ofSeconds(10), Duration.ofSeconds(30), 1, Duration.ofSeconds(20)));
        run(script);
        assertThat(circuit.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fail*4 +5 ok*2                   | HALF_OPEN",
        "fail*4 +5 ok*3                   | CLOSED",
        "fail*4 +5 ok*2 fail              | OPEN",
        "fail*4 +5 ok*2 fail +5 ok*2      | HALF_OPEN",
        "fail*4 +5 in answers ends-ok     | HALF_OPEN",
        "fail*4 +5 in answers ends-ok ok  | HALF_OPEN",
        "fail*4 +5 in answers ends-fail   | OPEN",
        "ok fail*3                        | CLOSED",
        "ok fail*4                        | OPEN"})
    void with_a_success_threshold_of_three_and_a_ratio_of_nine_tenths(String script, Circuit.State state) {
        circuit = new Circuit(new CircuitSettings(4, 0.9, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, Duration.ofSeconds(20)));
        run(script);
        assertThat(circuit.state()).isEqualTo(state);
    }
}

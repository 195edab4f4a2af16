package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertyTest {
    private static List<Integer> numbers(Random random) {
        List<Integer> numbers = new ArrayList<>();
        for (int left = random.nextInt(40); left > 0; left--) {
            numbers.add(random.nextInt(100));
        }
        return numbers;
    }

    @Test
    void an_example_against_a_claim_is_told_as_small_as_it_gets() {
        assertThatThrownBy(() -> Property.holds(200, PropertyTest::numbers, numbers -> assertThat(numbers).allMatch(number -> number < 90)))
                .isInstanceOf(AssertionError.class).hasMessageMatching("(?s)Example \\d+ against it, made small: \\[90\\]\\n.*");
    }

    @Test
    void a_claim_that_holds_is_tried_on_every_example() {
        int[] tried = new int[1];
        Property.holds(50, PropertyTest::numbers, numbers -> tried[0]++);
        assertThat(tried[0]).isEqualTo(50);
    }

    @Test
    void a_recorded_tape_makes_the_same_example_again() {
        Tape tape = new Tape(5);
        List<Integer> first = numbers(tape);
        assertThat(first).isNotEmpty();
        assertThat(numbers(new Tape(tape.drawn()))).isEqualTo(first);
    }
}

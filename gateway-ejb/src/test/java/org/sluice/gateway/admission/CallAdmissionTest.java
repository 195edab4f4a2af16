package org.sluice.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class CallAdmissionTest {
    private final List<String> told = new ArrayList<>();

    private CallGate gate(int order, String name) {
        return gate(order, name, spent -> told.add(name + " settled " + spent.cost()));
    }

    private CallGate gate(int order, String name, Hold hold) {
        return new CallGate() {
            @Override
            public Hold enter(Call call, long inputTokens) {
                told.add(name + " entered " + inputTokens);
                return hold;
            }

            @Override
            public int order() {
                return order;
            }
        };
    }

    private static CallGate refusing(int order) {
        return new CallGate() {
            @Override
            public Hold enter(Call call, long inputTokens) {
                throw new GatewayException(ErrorType.RATE_LIMIT, "Too many.");
            }

            @Override
            public int order() {
                return order;
            }
        };
    }

    @Test
    void asksInOrderAndSettlesAll() {
        CallAdmission.of(List.of(gate(2, "b"), gate(1, "a"))).admit(null, 7).settle(new Spent(1, 1, BigDecimal.ONE, false));
        assertThat(told).containsExactly("a entered 7", "b entered 7", "a settled 1", "b settled 1");
    }

    @Test
    void givesBackWhatWasHeldWhenALaterGateRefuses() {
        CallAdmission admission = CallAdmission.of(List.of(gate(3, "c"), refusing(2), gate(1, "a")));
        assertThatThrownBy(() -> admission.admit(null, 7)).hasMessage("Too many.");
        assertThat(told).containsExactly("a entered 7", "a settled 0");
    }

    @Test
    void holdsNothingForGatesThatHoldNothing() {
        assertThat(CallAdmission.of(List.of(gate(1, "a", Hold.NONE))).admit(null, 7)).isSameAs(Hold.NONE);
        assertThat(new CallAdmission().admit(null, 7)).isSameAs(Hold.NONE);
    }
}

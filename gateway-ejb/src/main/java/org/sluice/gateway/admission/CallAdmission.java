package org.sluice.gateway.admission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sluice.gateway.call.Call;

/** Asks every gate, in their order. */
@ApplicationScoped
public class CallAdmission {
    private List<CallGate> gates = List.of();

    /** Outside a container. */
    public static CallAdmission of(List<CallGate> gates) {
        CallAdmission admission = new CallAdmission();
        admission.ask(gates.stream());
        return admission;
    }

    @Inject
    void find(@Any Instance<CallGate> found) {
        ask(found.stream());
    }

    private void ask(Stream<CallGate> all) {
        gates = all.sorted(Comparator.comparingInt(CallGate::order)).toList();
    }

    /**
     * @param inputTokens an estimate
     * @throws org.sluice.gateway.error.GatewayException of the gate that refused; nothing is held then
     */
    public Hold admit(Call call, long inputTokens) {
        if (gates.isEmpty()) {
            return Hold.NONE;
        }
        List<Hold> held = new ArrayList<>(gates.size());
        try {
            for (CallGate gate : gates) {
                Hold hold = gate.enter(call, inputTokens);
                if (hold != Hold.NONE) {
                    held.add(hold);
                }
            }
        } catch (RuntimeException refused) {
            held.forEach(hold -> hold.settle(Spent.NOTHING));
            throw refused;
        }
        return held.isEmpty() ? Hold.NONE : held.size() == 1 ? held.get(0) : spent -> held.forEach(hold -> hold.settle(spent));
    }
}

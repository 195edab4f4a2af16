package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;

/** The client's bytes with the model renamed and the gateway's members cut out. What is kept keeps its bytes. */
final class ForwardedRequest {
    private final byte[] body;
    private final List<Slice> slices = new ArrayList<>();
    private int keptFrom;
    private int keptTo;
    private boolean isEmpty = true;

    private ForwardedRequest(byte[] body) {
        this.body = body;
    }

    static Body of(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        return new ForwardedRequest(outline.body()).body(outline, upstreamModel, gatewayMembers);
    }

    private Body body(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        int opening = opening();
        int end = opening;
        keep(0, opening);
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            Member member = entry.getValue();
            if (!gatewayMembers.contains(entry.getKey())) {
                keep(isEmpty && end != opening ? member.nameFrom() : end, member.valueFrom());
                isEmpty = false;
                if (entry.getKey().equals("model") && !outline.model().equals(upstreamModel)) {
                    insert(new JsonWriter(upstreamModel.length() + 8).value(upstreamModel));
                } else {
                    keep(member.valueFrom(), member.valueTo());
                }
            }
            end = member.valueTo();
        }
        if (!outline.members().containsKey("model") && !upstreamModel.isEmpty()) {
            insert(new JsonWriter().outside(isEmpty ? "" : ",").name("model").value(upstreamModel));
        }
        keep(end, body.length);
        flush();
        return new Body(slices);
    }

    private int opening() {
        int at = 0;
        while (body[at] != '{') {
            at++;
        }
        return at + 1;
    }

    /** Keeps bytes of the client's body; neighbours become one slice. */
    private void keep(int from, int to) {
        if (from != keptTo) {
            flush();
            keptFrom = from;
        }
        keptTo = to;
    }

    private void insert(JsonWriter json) {
        flush();
        slices.add(Slice.of(json.toBytes()));
    }

    private void flush() {
        if (keptTo > keptFrom) {
            slices.add(new Slice(body, keptFrom, keptTo));
        }
        keptFrom = keptTo;
    }
}

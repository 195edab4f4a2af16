package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;

/** The client's bytes without the gateway's members and without a model, which the path names. All else keeps its bytes. */
final class ForwardedRequest {
    private ForwardedRequest() { }

    static Body of(RequestOutline outline, Set<String> gatewayMembers) {
        byte[] body = outline.body();
        if (outline.members().keySet().stream().noneMatch(name -> isCut(name, gatewayMembers))) {
            return Body.of(body);
        }
        List<Slice> slices = new ArrayList<>();
        int opening = 0;
        while (body[opening] != '{') {
            opening++;
        }
        int end = opening + 1;
        slices.add(new Slice(body, 0, end));
        boolean isEmpty = true;
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            Member member = entry.getValue();
            if (!isCut(entry.getKey(), gatewayMembers)) {
                slices.add(new Slice(body, isEmpty ? member.nameFrom() : end, member.valueTo()));
                isEmpty = false;
            }
            end = member.valueTo();
        }
        slices.add(new Slice(body, end, body.length));
        return new Body(slices);
    }

    private static boolean isCut(String name, Set<String> gatewayMembers) {
        return name.equals("model") || gatewayMembers.contains(name);
    }
}

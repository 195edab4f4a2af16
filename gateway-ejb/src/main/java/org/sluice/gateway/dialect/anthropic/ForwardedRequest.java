package org.sluice.gateway.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/**
 * The client's bytes with the model renamed, the gateway's members cut out and {@code max_tokens} put in where it is
 * missing, unless the gateway's members name it; of {@code metadata} all but {@code user_id} goes. What is kept keeps its bytes, because the provider's prompt cache goes by them.
 */
final class ForwardedRequest {
    /** Members of {@code metadata} that are Anthropic's or the gateway's. */
    static final Set<String> SHARED = Set.of("user_id", "respan_params", "keywordsai_params", "extra_headers");
    private final byte[] body;
    private final Losses losses;
    private final List<Slice> slices = new ArrayList<>();
    private int keptFrom;
    private int keptTo;
    private boolean isEmpty = true;

    private ForwardedRequest(byte[] body, Losses losses) {
        this.body = body;
        this.losses = losses;
    }

    static Body of(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers, Losses losses) {
        return new ForwardedRequest(outline.body(), losses).body(outline, upstreamModel, gatewayMembers);
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
                    insert(new JsonWriter(upstreamModel.length() + 8).value(upstreamModel).toBytes());
                } else if (entry.getKey().equals("metadata") && body[member.valueFrom()] == '{') {
                    metadata(member);
                } else {
                    keep(member.valueFrom(), member.valueTo());
                }
            }
            end = member.valueTo();
        }
        if (isMissing("model", outline, gatewayMembers) && !upstreamModel.isEmpty()) {
            insert(member("model", new JsonWriter().value(upstreamModel).toText()));
        }
        if (!outline.members().containsKey("max_tokens") && !gatewayMembers.contains("max_tokens")) {
            insert(member("max_tokens", Long.toString(RequestWriter.DEFAULT_MAX_TOKENS)));
        }
        keep(end, body.length);
        flush();
        return new Body(slices);
    }

    /** {@code user_id} is all Anthropic takes there. */
    private void metadata(Member metadata) {
        Map<String, Member> inside = JsonReader.readMembers(Arrays.copyOfRange(body, metadata.valueFrom(), metadata.valueTo()));
        Member user = inside.get("user_id");
        if (inside.size() == (user == null ? 0 : 1)) {
            keep(metadata.valueFrom(), metadata.valueTo());
            return;
        }
        inside.keySet().stream().filter(name -> !SHARED.contains(name))
                .forEach(name -> losses.drop("metadata." + name, "Anthropic takes user_id alone; what the log shall keep stands in metadata.respan_params.metadata."));
        insert(new byte[] {'{'});
        if (user != null) {
            keep(metadata.valueFrom() + user.nameFrom(), metadata.valueFrom() + user.valueTo());
        }
        insert(new byte[] {'}'});
    }

    private static boolean isMissing(String name, RequestOutline outline, Set<String> gatewayMembers) {
        return !outline.members().containsKey(name) || gatewayMembers.contains(name);
    }

    private byte[] member(String name, String value) {
        String comma = isEmpty ? "" : ",";
        isEmpty = false;
        return (comma + "\"" + name + "\":" + value).getBytes(StandardCharsets.UTF_8);
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

    private void insert(byte[] bytes) {
        flush();
        slices.add(Slice.of(bytes));
    }

    private void flush() {
        if (keptTo > keptFrom) {
            slices.add(new Slice(body, keptFrom, keptTo));
        }
        keptFrom = keptTo;
    }
}

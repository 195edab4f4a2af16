package org.sluice.gateway.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;

/** The request as the log may keep it: the client's bytes without the members that can hold secrets. */
final class RecordedRequest {
    private static final Set<String> SECRET = Set.of("customer_credentials", "credential_override", "customer_api_keys",
            "load_balance_group", "load_balance_models", "loadbalance_models", "respan_params", "keywordsai_params",
            "extra_headers", "posthog_integration", "mem0_params", "linkup_params", "moda_params", "hyperspell_params", "api_key");

    private RecordedRequest() { }

    static List<Slice> of(Call call) {
        RequestOutline outline = call.outline();
        if (outline.members().isEmpty()) {
            return List.of();
        }
        Slice metadata = metadata(outline);
        if (metadata == null && outline.members().keySet().stream().noneMatch(SECRET::contains)) {
            return List.of(Slice.of(outline.body()));
        }
        List<Slice> slices = new ArrayList<>();
        slices.add(Slice.utf8("{"));
        Slice comma = Slice.utf8(",");
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            if (!SECRET.contains(entry.getKey())) {
                if (slices.size() > 1) {
                    slices.add(comma);
                }
                boolean isCut = metadata != null && entry.getKey().equals("metadata");
                slices.add(new Slice(outline.body(), entry.getValue().nameFrom(), isCut ? entry.getValue().valueFrom() : entry.getValue().valueTo()));
                if (isCut) {
                    slices.add(metadata);
                }
            }
        }
        slices.add(Slice.utf8("}"));
        return slices;
    }

    /** {@code metadata} without the gateway's parameters, which Anthropic's clients put there; null when it holds none. */
    private static Slice metadata(RequestOutline outline) {
        Slice value = outline.value("metadata");
        if (value == null || value.array()[value.from()] != '{') {
            return null;
        }
        Map<String, Member> inside = JsonReader.readMembers(Arrays.copyOfRange(value.array(), value.from(), value.to()));
        if (inside.keySet().stream().noneMatch(SECRET::contains)) {
            return null;
        }
        StringBuilder kept = new StringBuilder("{");
        inside.forEach((name, member) -> {
            if (!SECRET.contains(name)) {
                kept.append(kept.length() > 1 ? "," : "")
                        .append(new Slice(value.array(), value.from() + member.nameFrom(), value.from() + member.valueTo()).text());
            }
        });
        return Slice.utf8(kept.append('}').toString());
    }
}

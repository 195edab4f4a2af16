package org.sluice.gateway.provider.compatible;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.MemberSplice;

/**
 * Where a provider takes less than OpenAI, or under another name: data of one provider, made once. A request to which no
 * rule applies keeps its bytes. Immutable; thread-safe.
 */
final class RequestRules {
    static final RequestRules NONE = new RequestRules(Map.of(), List.of(), Map.of(), List.of(), false, false);
    private static final Map<String, List<String>> DEFAULTS = Map.ofEntries(Map.entry("n", List.of("1")), Map.entry("presence_penalty", List.of("0", "0.0")),
            Map.entry("frequency_penalty", List.of("0", "0.0")), Map.entry("logprobs", List.of("false")), Map.entry("parallel_tool_calls", List.of("true")),
            Map.entry("store", List.of("false")), Map.entry("service_tier", List.of("\"auto\"", "\"default\"")), Map.entry("stop", List.of("[]")),
            Map.entry("logit_bias", List.of("{}")), Map.entry("tools", List.of("[]")), Map.entry("modalities", List.of("[\"text\"]")));
    /** Hints for OpenAI's prompt cache: without effect on the answer. */
    static final String[] CACHE_HINTS = {"prompt_cache_key", "prompt_cache_options", "prompt_cache_retention"};
    private static final String FORMAT = "response_format";

    private final Map<String, String> refused;
    private final List<String> needless;
    private final Map<String, String> renamed;
    private final List<String> refusedOfMessages;
    private final boolean knowsNoDeveloper;
    private final boolean knowsNoSchema;

    private RequestRules(Map<String, String> refused, List<String> needless, Map<String, String> renamed, List<String> refusedOfMessages,
            boolean knowsNoDeveloper, boolean knowsNoSchema) {
        this.refused = refused;
        this.needless = needless;
        this.renamed = renamed;
        this.refusedOfMessages = refusedOfMessages;
        this.knowsNoDeveloper = knowsNoDeveloper;
        this.knowsNoSchema = knowsNoSchema;
    }

    /** Members the provider refuses or ignores: they are left out, and the caller is told. */
    RequestRules refuses(String... names) {
        Map<String, String> more = new LinkedHashMap<>(refused);
        for (String name : names) {
            more.put(name, "the provider does not take it.");
        }
        return new RequestRules(Map.copyOf(more), needless, renamed, refusedOfMessages, knowsNoDeveloper, knowsNoSchema);
    }

    /** Members the provider refuses although it does what they ask for: left out, nothing is lost. */
    RequestRules needsNot(String... names) {
        return new RequestRules(refused, joined(needless, names), renamed, refusedOfMessages, knowsNoDeveloper, knowsNoSchema);
    }

    /** A member the provider knows by another name. Where both are given, its own stays. */
    RequestRules renames(String name, String own) {
        Map<String, String> more = new LinkedHashMap<>(renamed);
        more.put(name, own);
        return new RequestRules(refused, needless, Map.copyOf(more), refusedOfMessages, knowsNoDeveloper, knowsNoSchema);
    }

    /** Members of a message that the provider refuses. */
    RequestRules refusesInMessages(String... names) {
        return new RequestRules(refused, needless, renamed, joined(refusedOfMessages, names), knowsNoDeveloper, knowsNoSchema);
    }

    /** The role developer becomes system. */
    RequestRules knowsNoDeveloper() {
        return new RequestRules(refused, needless, renamed, refusedOfMessages, true, knowsNoSchema);
    }

    /** A JSON schema becomes JSON mode and an instruction; the caller is told. */
    RequestRules knowsNoSchema() {
        return new RequestRules(refused, needless, renamed, refusedOfMessages, knowsNoDeveloper, true);
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    /** What is left out or changed, in alphabetical order; JSON schemas last. */
    List<String> leftOut() {
        List<String> names = new ArrayList<>(refused.keySet());
        refusedOfMessages.forEach(name -> names.add("messages[]." + name));
        names.sort(null);
        if (knowsNoSchema) {
            names.add("json_schema (JSON mode)");
        }
        return names;
    }

    /** The request as the provider takes it. */
    Body apply(Body body, Losses losses) {
        if (this == NONE) {
            return body;
        }
        byte[] bytes = body.toBytes();
        MemberSplice splice = MemberSplice.of(bytes);
        needless.forEach(splice::cut);
        refused.forEach((name, reason) -> {
            if (isGiven(splice, name)) {
                losses.drop(name, reason);
            }
            splice.cut(name);
        });
        renamed.forEach((name, own) -> {
            if (splice.has(own)) {
                splice.cut(name);
            } else {
                splice.rename(name, own);
            }
        });
        String instruction = knowsNoSchema ? instruction(splice, losses) : null;
        messages(splice, instruction, losses);
        return splice.isChanged() ? splice.toBody() : body;
    }

    /** A value that asks for what happens anyway is no loss. */
    private static boolean isGiven(MemberSplice splice, String name) {
        return splice.has(name) && !DEFAULTS.getOrDefault(name, List.of()).contains(splice.value(name).text()) && !splice.value(name).text().equals("null");
    }

    /** Replaces a schema by JSON mode; the words that tell the model the schema, or null. */
    private static String instruction(MemberSplice splice, Losses losses) {
        Slice given = splice.value(FORMAT);
        if (given == null || !(JsonReader.read(given.array(), given.from(), given.to()) instanceof JsonValue.JsonObject format)
                || !"json_schema".equals(format.text("type"))) {
            return null;
        }
        JsonValue.JsonObject schema = format.object("json_schema");
        losses.change(FORMAT, "the provider has no schemas; JSON mode and an instruction are used.");
        splice.set(FORMAT, new RawJson("{\"type\":\"json_object\"}"));
        return "Answer with one JSON object and nothing else. It must be valid against this JSON schema: "
                + (schema == null || schema.get("schema") == null ? "{}" : schema.get("schema").raw().text());
    }

    private void messages(MemberSplice splice, String instruction, Losses losses) {
        Slice given = splice.value("messages");
        if (given == null || instruction == null && !mayHold(given)) {
            return;
        }
        MessageRules rules = new MessageRules(knowsNoDeveloper, refusedOfMessages, losses);
        RawJson fitted = rules.apply(JsonReader.read(given.array(), given.from(), given.to()), instruction);
        if (fitted != null) {
            splice.set("messages", fitted);
        }
    }

    /** Most conversations hold nothing that a rule is about: looking for the names is cheaper than reading them. */
    private boolean mayHold(Slice messages) {
        return knowsNoDeveloper && holds(messages, "\"developer\"") || refusedOfMessages.stream().anyMatch(name -> holds(messages, '"' + name + '"'));
    }

    private static boolean holds(Slice where, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte[] in = where.array();
        for (int at = where.from(); at <= where.to() - wanted.length; at++) {
            int i = 0;
            while (i < wanted.length && in[at + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return true;
            }
        }
        return false;
    }
}

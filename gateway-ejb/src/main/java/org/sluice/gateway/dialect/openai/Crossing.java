package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.Losses;

/**
 * What crosses from the client's dialect into this one. From OpenAI's own everything passes; of another dialect's members
 * only those whose meaning this wire knows. Servers of Claude models take all of Anthropic's. What stays behind is told.
 */
final class Crossing {
    private static final String ANTHROPIC = "anthropic";
    private static final int LONGEST_USER = 64;
    private static final String CACHE_CONTROL = "cache_control";
    /** OpenAI's parameters, which another dialect's reader may have found under the same name and with the same meaning. */
    private static final Set<String> KNOWN = Set.of("logit_bias", "logprobs", "top_logprobs", "store", "verbosity", "prediction", "prompt_cache_key",
            "prompt_cache_retention", "safety_identifier", "modalities", "audio", "web_search_options", RequestReader.RESPONSE_FORMAT);
    private static final String UNKNOWN = "OpenAI's chat completions have no such parameter.";
    private final ChatRequest request;
    private final String dialect;
    private final Losses losses;
    final ModelFamily family;
    final boolean isOwn;

    Crossing(ChatRequest request, Losses losses) {
        this.request = request;
        this.dialect = request.dialect();
        this.losses = losses;
        this.family = ModelFamily.of(request.model());
        this.isOwn = dialect.equals(OpenAiDialect.NAME);
    }

    /** Whether members that only the client's dialect knows are understood. */
    private boolean takesAll() {
        return isOwn || family == ModelFamily.CLAUDE && dialect.equals(ANTHROPIC);
    }

    void drop(String param, String reason) {
        losses.drop(param, reason);
    }

    void change(String param, String what) {
        losses.change(param, what);
    }

    /** Parameters of the request. */
    Map<String, RawJson> parameters() {
        Map<String, RawJson> extras = Rest.own(ResponsesExtras.asChat(request, family, losses));
        if (takesAll() || dialect.equals(ResponsesExtras.DIALECT)) {
            return extras;
        }
        Map<String, RawJson> known = new LinkedHashMap<>();
        extras.forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                known.put(name, value);
            } else if (name.equals("service_tier")) {
                known.put(name, value.text().equals("\"standard_only\"") ? new RawJson("\"default\"") : value);
            } else if (!value.isNull()) {
                losses.drop(name, UNKNOWN);
            }
        });
        return known;
    }

    /** OpenAI takes identifiers of 64 characters; another dialect's longer one becomes its SHA-256, which tells users apart as well. */
    String user(String user) {
        if (isOwn || family != ModelFamily.OPENAI || user == null || user.length() <= LONGEST_USER) {
            return user;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** What stands on a part; breakpoints of prompt caches are no loss where caching needs none. */
    Map<String, RawJson> part(Map<String, RawJson> all) {
        Map<String, RawJson> extras = Rest.own(all);
        if (extras.isEmpty() || takesAll() && (family != ModelFamily.OPENAI || !extras.containsKey(CACHE_CONTROL))) {
            return extras;
        }
        Map<String, RawJson> rest = new LinkedHashMap<>(extras);
        rest.remove(CACHE_CONTROL);
        if (!takesAll()) {
            rest.keySet().forEach(name -> losses.drop("messages[].content[]." + name, "OpenAI's content parts have no such member."));
            rest.clear();
        }
        return rest;
    }

    /** What stands on a turn. */
    Map<String, RawJson> message(Map<String, RawJson> extras) {
        Map<String, RawJson> known = extras;
        if (family == ModelFamily.OPENAI && extras.containsKey(ReasoningDetails.MEMBER)) {
            known = new LinkedHashMap<>(extras);
            known.remove(ReasoningDetails.MEMBER);
        }
        return rest(known, "messages[].", "OpenAI's messages have no such member.");
    }

    /** What stands on a tool on offer. */
    Map<String, RawJson> tool(Map<String, RawJson> extras) {
        return rest(extras, "tools[].", "OpenAI's tools have no such member.");
    }

    private Map<String, RawJson> rest(Map<String, RawJson> all, String path, String reason) {
        Map<String, RawJson> extras = Rest.own(all);
        if (takesAll()) {
            return extras;
        }
        extras.keySet().stream().filter(name -> !name.equals(CACHE_CONTROL)).forEach(name -> losses.drop(path + name, reason));
        return Map.of();
    }

    /** What stands on a call; a signature of thought is another dialect's in any case. */
    Part.ToolCall call(Part.ToolCall call) {
        if (call.extras().isEmpty() || takesAll() && !call.extras().containsKey(Signatures.EXTRA)) {
            return call;
        }
        Map<String, RawJson> rest = new LinkedHashMap<>(takesAll() ? Rest.own(call.extras()) : Map.of());
        rest.remove(Signatures.EXTRA);
        return new Part.ToolCall(call.id(), call.name(), call.arguments(), rest);
    }

    /** Whether thoughts go on: not to OpenAI's own models, and between dialects only to those that read them. */
    boolean takesThoughts() {
        return family != ModelFamily.OPENAI && (isOwn || family != ModelFamily.OTHER);
    }

    /** Whether a signed or encrypted thought goes on as a block: Claude's do, where the server is no stranger to blocks. */
    boolean takesBlocks() {
        return family == ModelFamily.CLAUDE || isOwn && family != ModelFamily.OPENAI;
    }

    /** {@code thinking} of another dialect's client, in the words of the model's servers; null when they have none. */
    Reasoning reasoning(Reasoning asked, String model) {
        if (isOwn || family == ModelFamily.CLAUDE || asked.equals(Reasoning.DEFAULT)) {
            return asked;
        }
        String param = dialect.equals(ANTHROPIC) ? "output_config.effort" : "reasoning_effort";
        String effort = asked.effort();
        boolean isThinker = family != ModelFamily.OPENAI || OpenAiModels.isReasoning(model) || !dialect.equals(ANTHROPIC) && effort != null;
        if (effort != null && !isThinker) {
            losses.drop(param, "this model does not think.");
            effort = null;
        } else if ("max".equals(effort)) {
            losses.change(param, "'high' was sent, the most that all such models know.");
            effort = "high";
        }
        boolean isOn = Boolean.TRUE.equals(asked.enabled());
        if (isOn && effort == null && (!isThinker || family == ModelFamily.OTHER)) {
            losses.drop("thinking", family == ModelFamily.OTHER ? "this model's servers know no such parameter." : "this model does not think.");
        }
        return family == ModelFamily.THINKING ? new Reasoning(effort, null, asked.enabled(), null) : new Reasoning(effort, family == ModelFamily.OPENAI && isThinker ? asked.budgetTokens() : null, null, null);
    }
}

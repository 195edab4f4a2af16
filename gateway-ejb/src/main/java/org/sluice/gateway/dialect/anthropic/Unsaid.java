package org.sluice.gateway.dialect.anthropic;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * What a request says and Anthropic has no word for: refused where the answer would not be what was asked for, else left
 * out and told. The rules stand in the package's description. Nothing is written here.
 */
final class Unsaid {
    /** Members another dialect's client may send that Anthropic takes as they are, or that the writers place. */
    private static final Set<String> KNOWN = Set.of("mcp_servers", "container", "context_management", "cache_control", "inference_geo", "speed",
            "output_config", "web_search_options", "reasoning_effort", "user", "n", "functions", "function_call", "response_format", "modalities",
            "logprobs", "top_logprobs", "metadata", "safety_identifier", "service_tier");
    private static final Map<String, String> REASONS = reasons();
    /** Parameters of the Responses API that the gateway itself honours, whoever answers. */
    private static final Set<String> KEPT = Set.of("store", "include", "previous_response_id", "truncation", "stream_options");
    private static final Set<String> SERVICE_TIERS = Set.of("auto", "default", "standard_only");
    private final ChatRequest request;
    private final ClaudeModel model;
    private final Losses losses;

    private Unsaid(ChatRequest request, ClaudeModel model, Losses losses) {
        this.request = request;
        this.model = model;
        this.losses = losses;
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("logit_bias", "Claude's tokens cannot be weighed.");
        reasons.put("store", "Anthropic stores no answers.");
        reasons.put("verbosity", "Anthropic has no measure of length; say it in the prompt.");
        reasons.put("prediction", "Anthropic takes no predicted output.");
        reasons.put("prompt_cache_key", "Anthropic's prompt cache goes by cache_control.");
        reasons.put("prompt_cache_retention", "Anthropic's prompt cache goes by cache_control and its ttl.");
        reasons.put("audio", "Anthropic answers in text only.");
        return reasons;
    }

    /** @throws GatewayException INVALID_VALUE for what is refused, and for what is left out when the caller is strict */
    static void tell(ChatRequest request, ClaudeModel model, Losses losses) {
        Unsaid unsaid = new Unsaid(request, model, losses);
        unsaid.refuse();
        unsaid.sampling(request.sampling());
        unsaid.extras();
        unsaid.messages();
        unsaid.tools();
    }

    /** A parameter that no Claude model takes, whoever sent it. */
    static boolean isRefused(String extra) {
        return REASONS.containsKey(extra);
    }

    private void refuse() {
        if (request.sampling().n() != null && request.sampling().n() > 1) {
            throw GatewayException.invalid("n", "Anthropic gives one answer to a request; 'n' cannot be more than 1.");
        }
        if ("true".equals(text("logprobs")) || text("top_logprobs") != null && !Set.of("0", "null").contains(text("top_logprobs"))) {
            throw GatewayException.invalid("logprobs", "Anthropic gives no log probabilities.");
        }
        if (text("modalities") != null && text("modalities").contains("\"audio\"")) {
            throw GatewayException.invalid("modalities", "Anthropic answers in text only.");
        }
    }

    private String text(String extra) {
        return request.extras().get(extra) == null ? null : request.extras().get(extra).text();
    }

    private void sampling(Sampling sampling) {
        if (sampling.temperature() != null && new BigDecimal(sampling.temperature()).compareTo(BigDecimal.ONE) > 0) {
            losses.change("temperature", "1 is Anthropic's most and was sent.");
        }
        drop("seed", sampling.seed(), "Anthropic takes no seed.");
        drop("frequency_penalty", sampling.frequencyPenalty(), "Anthropic has no penalties.");
        drop("presence_penalty", sampling.presencePenalty(), "Anthropic has no penalties.");
        boolean wantsThought = request.reasoning().raw() == null && request.reasoning().effort() != null && !request.reasoning().effort().equals("none");
        if (wantsThought && model.thinking() == ClaudeModel.Thinking.NONE) {
            losses.drop("reasoning_effort", "this model does not think.");
        }
    }

    private void drop(String name, String value, String reason) {
        if (value != null) {
            losses.drop(name, reason);
        }
    }

    private void extras() {
        boolean isOwn = request.dialect().equals(AnthropicDialect.NAME);
        request.extras().forEach((name, value) -> {
            boolean isKeptByUs = request.dialect().equals("responses") && KEPT.contains(name);
            if (value.isNull() || isKeptByUs || name.startsWith(OutputConfig.PREFIX)) {
                return;
            }
            if (REASONS.containsKey(name)) {
                losses.drop(name, REASONS.get(name));
            } else if (name.startsWith(RequestReader.METADATA)) {
                losses.drop(name, "Anthropic's metadata holds user_id alone.");
            } else if (!isOwn && name.indexOf('.') < 0 && !KNOWN.contains(name)) {
                losses.drop(name, "Anthropic has no such parameter.");
            }
        });
        metadata();
        String tier = value("service_tier") == null ? null : value("service_tier").asText();
        if (tier != null && !SERVICE_TIERS.contains(tier)) {
            losses.drop("service_tier", "Anthropic's tiers are auto and standard_only.");
        }
        if (request.user() != null && value("safety_identifier") != null) {
            losses.drop("safety_identifier", "Anthropic takes one identifier, and 'user' is given.");
        }
        if (value("web_search_options") instanceof JsonObject search && search.present("search_context_size") != null) {
            losses.drop("web_search_options.search_context_size", "Anthropic's web search has no such measure.");
        }
    }

    private void metadata() {
        if (value("metadata") instanceof JsonObject metadata) {
            metadata.members().keySet().stream().filter(name -> !name.equals("user_id"))
                    .forEach(name -> losses.drop("metadata." + name, "Anthropic's metadata holds user_id alone."));
        }
    }

    private JsonValue value(String extra) {
        RawJson value = request.extras().get(extra);
        return value == null || value.isNull() ? null : ProviderJson.value(value);
    }

    private void messages() {
        for (Message message : request.messages()) {
            if (message.name() != null && message.role() != Role.TOOL) {
                losses.drop("messages[].name", "Anthropic's turns have no speaker's name.");
            }
            for (String extra : message.extras().keySet()) {
                if (!extra.equals("cache_control") && extra.indexOf('.') < 0 && !Rest.isForeign(extra)) {
                    losses.drop("messages[]." + extra, "Anthropic's turns have no such member.");
                }
            }
            for (Part part : message.parts()) {
                if (part instanceof Part.Image image && image.detail() != null && !image.detail().equals("auto")) {
                    losses.drop("messages[].content[].image_url.detail", "Anthropic chooses the resolution itself.");
                }
            }
        }
    }

    private void tools() {
        for (Tool tool : request.tools().offered()) {
            if (Boolean.TRUE.equals(tool.strict()) && !model.hasStructuredOutputs()) {
                losses.drop("tools[].strict", "this model has no strict tools.");
            }
        }
    }
}

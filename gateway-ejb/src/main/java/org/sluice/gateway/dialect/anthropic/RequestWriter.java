package org.sluice.gateway.dialect.anthropic;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes a request; the rules stand in the package's description. One per request. */
final class RequestWriter {
    static final long DEFAULT_MAX_TOKENS = 4096;
    /** Members that are written elsewhere or not at all; {@link Unsaid} tells which are lost. */
    private static final Set<String> PLACED = Set.of("metadata", "service_tier", "web_search_options", OutputConfig.MEMBER);
    /** Parameters of Anthropic's that any client may send. */
    private static final Set<String> TAKEN = Set.of("mcp_servers", "container", "context_management", "cache_control", "inference_geo", "speed");
    private static final Set<String> SERVICE_TIERS = Set.of("auto", "standard_only");

    private final ChatRequest request;
    private final Map<String, RawJson> extras;
    private final ClaudeModel model;
    private final Conversation conversation;
    private final StructuredAnswer answer;
    private final ThinkingPlan thinking;
    private final Losses losses;

    RequestWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.extras = request.extras();
        this.model = ClaudeModel.of(request.model());
        this.conversation = Conversation.of(model, request.messages());
        this.answer = StructuredAnswer.of(request, model);
        boolean mayThink = !answer.isTool() && !ToolWriter.isForced(request.tools().choice())
                && !(model.thinking() == ClaudeModel.Thinking.BUDGET && conversation.continuesWithoutThinking());
        this.thinking = ThinkingPlan.of(request, model, mayThink);
        Unsaid.tell(request, model, losses);
    }

    byte[] write() {
        JsonWriter json = new JsonWriter(4096).beginObject();
        json.optional("model", request.model().isEmpty() ? null : request.model());
        json.name("max_tokens").value(maxTokens());
        system(json);
        messages(json);
        webSearch(json);
        sampling(json, thinking.fitted(request, losses));
        json.optional("thinking", thinking.thinking());
        OutputConfig.write(json, thinking.effort(), answer, extras);
        if (request.stream()) {
            json.name("stream").value(true);
        }
        json.optional("metadata", metadata());
        json.optional("service_tier", serviceTier());
        extras.forEach((name, value) -> {
            boolean isTaken = request.dialect().equals(AnthropicDialect.NAME) ? !PLACED.contains(name) && !Unsaid.isRefused(name) : TAKEN.contains(name);
            if (isTaken && name.indexOf('.') < 0 && !value.isNull()) {
                json.name(name).raw(value);
            }
        });
        return json.endObject().toBytes();
    }

    /** The Responses API's web search is Anthropic's. */
    private void webSearch(JsonWriter json) {
        List<Tool> others = request.tools().offered().stream().filter(tool -> !isWebSearch(tool)).toList();
        boolean isAsked = others.size() < request.tools().offered().size();
        RawJson options = present("web_search_options") != null || !isAsked ? present("web_search_options") : RawJson.EMPTY_OBJECT;
        new ToolWriter(model, answer).write(json, new Tools(others, request.tools().choice(), request.tools().parallel()), options);
    }

    private static boolean isWebSearch(Tool tool) {
        return tool.builtIn() != null && tool.builtIn().dialect().equals("responses") && tool.builtIn().type().startsWith("web_search");
    }

    private RawJson present(String extra) {
        RawJson value = extras.get(extra);
        return value == null || value.isNull() ? null : value;
    }

    private long maxTokens() {
        Long max = request.sampling().maxTokens();
        return max != null ? max : DEFAULT_MAX_TOKENS + thinking.budgetTokens();
    }

    private void system(JsonWriter json) {
        List<Turn.Block> blocks = conversation.system().ordered();
        String instruction = answer.instruction();
        if (blocks.isEmpty() && instruction == null) {
            return;
        }
        json.name("system");
        if (blocks.size() + (instruction == null ? 0 : 1) > 1 || !isPlain(blocks)) {
            json.beginArray();
            blocks.forEach(block -> BlockWriter.write(json, block));
            if (instruction != null) {
                BlockWriter.write(json, new Part.Text(instruction), "system", null);
            }
            json.endArray();
        } else {
            json.value(instruction != null ? instruction : ((Part.Text) blocks.get(0).part()).text());
        }
    }

    private static boolean isPlain(List<Turn.Block> blocks) {
        return blocks.stream().allMatch(block -> block.part() instanceof Part.Text text
                && Rest.isEmpty(text.extras()) && block.cacheControl() == null);
    }

    private void messages(JsonWriter json) {
        json.name("messages").beginArray();
        for (Turn turn : conversation.turns()) {
            List<Turn.Block> blocks = turn.ordered();
            json.beginObject().name("role").value(turn.role).name("content");
            if (blocks.size() == 1 && isPlain(blocks)) {
                json.value(((Part.Text) blocks.get(0).part()).text());
            } else {
                json.beginArray();
                blocks.forEach(block -> BlockWriter.write(json, block));
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void sampling(JsonWriter json, Sampling sampling) {
        String temperature = sampling.temperature();
        json.optionalLiteral("temperature", temperature != null && new BigDecimal(temperature).compareTo(BigDecimal.ONE) > 0 ? "1" : temperature);
        json.optionalLiteral("top_p", sampling.topP());
        json.optionalLiteral("top_k", sampling.topK());
        if (!sampling.stop().isEmpty()) {
            json.name("stop_sequences").beginArray();
            sampling.stop().forEach(json::value);
            json.endArray();
        }
    }

    /** {@code user_id} is all Anthropic takes there. */
    private RawJson metadata() {
        RawJson given = present("metadata");
        String user = request.user();
        if (user == null && given != null && ProviderJson.value(given) instanceof JsonObject object) {
            user = object.text("user_id");
        }
        if (user == null && present("safety_identifier") != null) {
            user = ProviderJson.value(present("safety_identifier")).asText();
        }
        return user == null ? null : new RawJson(new JsonWriter().beginObject().name("user_id").value(user).endObject().toText());
    }

    /** OpenAI's other tiers are not for sale here; "default" means no priority capacity. */
    private RawJson serviceTier() {
        RawJson given = present("service_tier");
        String tier = given == null ? null : ProviderJson.value(given).asText();
        return "default".equals(tier) ? new RawJson("\"standard_only\"") : tier != null && SERVICE_TIERS.contains(tier) ? given : null;
    }
}

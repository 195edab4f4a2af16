package org.sluice.gateway.dialect.gemini;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole answer. A prompt that was blocked is an answer without words that was filtered. */
final class ResponseReader {
    static final String FEEDBACK = "promptFeedback";
    static final Set<String> MEMBERS = Set.of("candidates", "usageMetadata", "modelVersion", "responseId");
    static final Set<String> CANDIDATE = Set.of("content", "finishReason", "index");

    private ResponseReader() { }

    static ChatResponse read(byte[] body) {
        JsonObject root = ProviderJson.object(Slice.of(body));
        List<JsonValue> candidates = Fields.items(root, "candidates");
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(root, MEMBERS));
        extras.putAll(UsageCount.extras(Fields.object(root, "usageMetadata")));
        if (!isAnswer(root)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no candidates.");
        }
        List<ChatResponse.Choice> choices = new ArrayList<>(1);
        for (JsonValue item : candidates) {
            if (item instanceof JsonObject candidate) {
                choices.add(choice(candidate, choices.size(), seed(root, Slice.of(body))));
            }
        }
        if (choices.isEmpty()) {
            choices.add(new ChatResponse.Choice(0, new Message(Role.ASSISTANT, List.of()),
                    Fields.object(root, FEEDBACK) != null ? FinishReason.CONTENT_FILTER : FinishReason.STOP, Map.of()));
        }
        return new ChatResponse(Fields.text(root, "responseId"), created(root), Fields.text(root, "modelVersion"), choices,
                count(root), extras);
    }

    private static boolean isAnswer(JsonObject root) {
        return Fields.get(root, "candidates") instanceof JsonArray || Fields.get(root, FEEDBACK) != null || Fields.get(root, "usageMetadata") != null;
    }

    static String seed(JsonObject root, Slice bytes) {
        String id = Fields.text(root, "responseId");
        return id != null && !id.isEmpty() ? id : bytes.text();
    }

    /** Epoch seconds, 0 when the provider does not say. */
    static long created(JsonObject root) {
        String time = Fields.text(root, "createTime");
        try {
            return time == null ? 0 : OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeException somethingElse) {
            return 0;
        }
    }

    private static org.sluice.gateway.usage.Usage count(JsonObject root) {
        UsageCount usage = new UsageCount();
        usage.read(Fields.object(root, "usageMetadata"));
        return usage.usage();
    }

    private static ChatResponse.Choice choice(JsonObject candidate, int position, String seed) {
        int index = (int) Fields.number(candidate, "index", position);
        List<Part> parts = new ArrayList<>();
        JsonObject content = Fields.object(candidate, "content");
        if (content != null) {
            MadeIds ids = ids(seed, index);
            for (JsonValue item : Fields.items(content, "parts")) {
                if (item instanceof JsonObject part) {
                    PartReader.add(part, parts, ids);
                }
            }
        }
        parts.removeIf(part -> part instanceof Part.Text text && text.text().isEmpty());
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(candidate, CANDIDATE));
        String reason = FinishReasons.name(Fields.get(candidate, "finishReason"));
        FinishReasons.keepExact(reason, extras);
        Map<String, RawJson> attached = new LinkedHashMap<>(2);
        put(attached, Citations.ANNOTATIONS, Citations.annotations(extras, text(parts)));
        put(attached, Images.EXTRA, Images.of(parts));
        put(extras, Logprobs.COMMON, Logprobs.read(extras));
        return new ChatResponse.Choice(index, new Message(Role.ASSISTANT, null, parts, attached),
                FinishReasons.read(reason, parts.stream().anyMatch(Part.ToolCall.class::isInstance)), extras);
    }

    static MadeIds ids(String seed, int index) {
        return new MadeIds(index == 0 ? seed : seed + "-" + index);
    }

    static void put(Map<String, RawJson> extras, String name, RawJson value) {
        if (value != null) {
            extras.put(name, value);
        }
    }

    static String text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part instanceof Part.Text said ? said.text() : ""));
        return text.toString();
    }

    static ResponseOutline outline(byte[] body) {
        JsonObject root = ProviderJson.object(Slice.of(body));
        return new ResponseOutline(Fields.text(root, "responseId"), Fields.text(root, "modelVersion"), count(root),
                Fields.get(root, "error") != null && Fields.get(root, "candidates") == null);
    }
}

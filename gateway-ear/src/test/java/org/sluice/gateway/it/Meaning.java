package org.sluice.gateway.it;

import java.util.List;
import java.util.stream.Collectors;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.json.JsonReader;

/** What an answer says, whichever dialect it was told in. */
final class Meaning {
    private Meaning() { }

    private static <P extends Part> List<P> parts(ChatResponse response, Class<P> type) {
        return response.choices().get(0).message().parts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    static String text(ChatResponse response) {
        return parts(response, Part.Text.class).stream().map(Part.Text::text).collect(Collectors.joining());
    }

    static String refusals(ChatResponse response) {
        return parts(response, Part.Refusal.class).stream().map(Part.Refusal::text).collect(Collectors.joining());
    }

    static List<String> thinking(ChatResponse response) {
        return response.choices().get(0).message().parts().stream().filter(part -> part instanceof Part.Thinking || part instanceof Part.RedactedThinking)
                .map(part -> part instanceof Part.Thinking thought ? thought.text() + "|" + thought.signature() : ((Part.RedactedThinking) part).data()).toList();
    }

    static List<String> toolCalls(ChatResponse response) {
        return parts(response, Part.ToolCall.class).stream().map(call -> call.id() + " " + call.name() + " " + canonical(call.arguments())).toList();
    }

    private static String canonical(String arguments) {
        return arguments.isEmpty() ? "{}" : JsonReader.read(arguments.getBytes(java.nio.charset.StandardCharsets.UTF_8)).raw().text().replaceAll("\\s", "");
    }

    /** OpenAI has no word for a pause or a refusal as the end of an answer. */
    static FinishReason asOpenAi(FinishReason reason) {
        return switch (reason) {
            case REFUSAL -> FinishReason.CONTENT_FILTER;
            case PAUSED -> FinishReason.STOP;
            default -> reason;
        };
    }
}

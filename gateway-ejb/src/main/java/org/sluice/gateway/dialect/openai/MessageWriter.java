package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/** Writes the messages of a request. Tool results become messages of their own, before what else the turn says. */
final class MessageWriter {
    private final JsonWriter json;
    private final PartWriter parts;
    private final ModelFamily family;
    private final Crossing crossing;
    private final List<Part> seen = new ArrayList<>();

    MessageWriter(JsonWriter json, Crossing crossing) {
        this.json = json;
        this.parts = new PartWriter(json, crossing);
        this.family = crossing.family;
        this.crossing = crossing;
    }

    void write(Message message) {
        if (message.role() != Role.TOOL) {
            end();
        }
        if (!message.parts().isEmpty() && message.parts().stream().allMatch(this::isStrange)) {
            message.parts().forEach(this::isContent);
            return;
        }
        List<Part> content = new ArrayList<>();
        boolean hasResult = false;
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result, message.role() == Role.TOOL ? message : null);
                hasResult = true;
            } else if (isContent(part)) {
                content.add(part);
            }
        }
        boolean isThoughtOnly = !message.parts().isEmpty() && message.parts().stream().allMatch(part -> place(part) == 0);
        if (isThoughtOnly && !crossing.takesThoughts() && details(message) == null) {
            return; // nothing of this turn is left
        }
        if (!hasResult || !content.isEmpty()) {
            message(message, content);
        }
    }

    /** What tool results showed follows them as the user's turn: this wire's results are text. */
    void end() {
        if (!seen.isEmpty()) {
            json.beginObject().name("role").value("user").name("content");
            parts.content(List.copyOf(seen));
            json.endObject();
            seen.clear();
        }
    }

    private boolean isStrange(Part part) {
        return part instanceof Part.Opaque opaque && !family.takes(opaque.dialect());
    }

    private boolean isContent(Part part) {
        if (part instanceof Part.Opaque opaque && isStrange(part)) {
            crossing.drop("messages[].content[]", "OpenAI's chat completions have no content of type " + opaque.type() + ".");
            return false;
        }
        return place(part) == 1;
    }

    /** Where a part of the assistant's turn is written: among its thoughts, its content or its calls. */
    private static int place(Part part) {
        return part instanceof Part.Thinking || part instanceof Part.RedactedThinking ? 0 : part instanceof Part.ToolCall ? 2 : 1;
    }

    /** Whether the three places would change the order, which matters where thoughts are signed. */
    private static boolean isInterleaved(List<Part> parts) {
        for (int i = 1; i < parts.size(); i++) {
            if (place(parts.get(i)) < place(parts.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private void message(Message message, List<Part> content) {
        json.beginObject().name("role").value(role(message.role())).optional("name", message.name()).name("content");
        if (family == ModelFamily.CLAUDE && message.role() == Role.ASSISTANT && isInterleaved(message.parts())) {
            parts.inOrder(message.parts());
            json.optional(ReasoningDetails.MEMBER, details(message));
            json.members(crossing.message(message.extras())).endObject();
            return;
        }
        parts.content(content);
        if (message.role() == Role.ASSISTANT) {
            if (crossing.takesThoughts()) {
                ThinkingWriter.write(json, ownThoughts(message.parts()), crossing.takesBlocks());
            }
            json.optional(ReasoningDetails.MEMBER, details(message));
            ToolCallWriter.write(json, message.parts(), crossing::call);
        }
        json.members(crossing.message(message.extras())).endObject();
    }

    /** What a router gets back; null where the client carries it as its own message has it. */
    private RawJson details(Message message) {
        return family == ModelFamily.OPENAI || message.extras().containsKey(ReasoningDetails.MEMBER) ? null : ReasoningDetails.of(message.parts());
    }

    /** Signatures of other models go no further; with Claude a thought without its signature does not either. */
    private List<Part> ownThoughts(List<Part> said) {
        List<Part> own = new ArrayList<>();
        for (Part part : said) {
            if (!(part instanceof Part.Thinking thinking) || thinking.signature() == null || Signatures.untag(Signatures.ANTHROPIC, thinking.signature()) != null) {
                own.add(part);
            } else if (family != ModelFamily.CLAUDE) {
                own.add(new Part.Thinking(thinking.text(), null, thinking.extras()));
            }
        }
        return own;
    }

    private void result(Part.ToolResult result, Message own) {
        json.beginObject().name("role").value("tool").name("tool_call_id").value(result.toolCallId());
        if (own != null) {
            json.optional("name", own.name());
        }
        json.name("content");
        List<Part> told = told(result.parts());
        if (told.isEmpty()) {
            json.value("");
        } else {
            parts.content(told);
        }
        if (result.isError()) {
            error();
        }
        Map<String, RawJson> extras = new LinkedHashMap<>(own == null ? Map.of() : crossing.message(own.extras()));
        RawJson cacheControl = result.extras().get("cache_control");
        if (cacheControl != null && crossing.part(Map.of("cache_control", cacheControl)).size() == 1) {
            extras.put("cache_control", cacheControl);
        }
        json.members(extras).endObject();
    }

    private void error() {
        if (family == ModelFamily.CLAUDE) {
            json.name("is_error").value(true);
        } else {
            crossing.change("messages[].content[].is_error", "only the words of the result say that it failed.");
        }
    }

    /** Of another dialect's results the text; the rest waits for {@link #end()}. */
    private List<Part> told(List<Part> shown) {
        if (crossing.isOwn || family == ModelFamily.CLAUDE || shown.stream().allMatch(Part.Text.class::isInstance)) {
            return shown;
        }
        List<Part> text = new ArrayList<>();
        for (Part part : shown) {
            if (part instanceof Part.Text) {
                text.add(part);
            } else if (isContent(part)) {
                seen.add(part);
            }
        }
        return text.isEmpty() && !seen.isEmpty() ? List.of(new Part.Text("The result follows in the next message.")) : text;
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}

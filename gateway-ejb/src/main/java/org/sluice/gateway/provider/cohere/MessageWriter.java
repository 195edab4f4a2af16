package org.sluice.gateway.provider.cohere;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** Writes the messages of a request; tool results become messages of their own, before what else the turn says. */
final class MessageWriter {
    private static final String CONTENT = "messages[].content";
    private final JsonWriter json;
    private final Losses losses;

    MessageWriter(JsonWriter json, Losses losses) {
        this.json = json;
        this.losses = losses;
    }

    void write(Message message) {
        List<Part> others = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result);
            } else if (part instanceof Part.Opaque opaque) {
                losses.drop(CONTENT, "Cohere has no content of type " + opaque.type() + ".");
            } else {
                others.add(part);
            }
        }
        if (others.isEmpty() && !message.parts().isEmpty()) {
            return;
        }
        json.beginObject().name("role").value(role(message.role()));
        if (message.role() == Role.ASSISTANT) {
            assistant(others);
        } else {
            json.name("content");
            content(others);
        }
        json.endObject();
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM, DEVELOPER -> "system";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private void assistant(List<Part> parts) {
        List<Part.ToolCall> calls = parts.stream().filter(Part.ToolCall.class::isInstance).map(Part.ToolCall.class::cast).toList();
        List<Part> said = parts.stream().filter(part -> part instanceof Part.Text text && !text.text().isEmpty() || part instanceof Part.Refusal
                || calls.isEmpty() && isOwnThought(part)).toList();
        if (!said.isEmpty() || calls.isEmpty()) {
            json.name("content");
            content(said);
        }
        if (calls.isEmpty()) {
            return;
        }
        String plan = parts.stream().filter(MessageWriter::isOwnThought).map(part -> ((Part.Thinking) part).text()).collect(Collectors.joining());
        json.optional("tool_plan", plan.isEmpty() ? null : plan).name("tool_calls").beginArray();
        for (Part.ToolCall call : calls) {
            json.beginObject().name("id").value(call.id()).name("type").value("function").name("function").beginObject()
                    .name("name").value(call.name()).name("arguments").value(call.arguments().isBlank() ? "{}" : call.arguments()).endObject().endObject();
        }
        json.endArray();
    }

    /** Cohere signs nothing; what is signed is somebody else's. */
    private static boolean isOwnThought(Part part) {
        return part instanceof Part.Thinking thinking && thinking.signature() == null && thinking.text() != null && !thinking.text().isEmpty();
    }

    private void result(Part.ToolResult result) {
        json.beginObject().name("role").value("tool").name("tool_call_id").value(Signatures.idOf(result.toolCallId())).name("content");
        List<Part> told = new ArrayList<>();
        for (Part part : result.parts()) {
            if (part instanceof Part.Text || part instanceof Part.Document document && document.source() instanceof Source.Inline) {
                told.add(part);
            } else {
                losses.drop(CONTENT, "Cohere takes text and documents of text as the result of a tool.");
            }
        }
        if (told.size() == 1 && told.get(0) instanceof Part.Text text) {
            json.value(text.text());
        } else if (told.isEmpty()) {
            json.value("");
        } else {
            json.beginArray();
            told.forEach(this::resultPart);
            json.endArray();
        }
        json.endObject();
    }

    private void resultPart(Part part) {
        if (part instanceof Part.Text text) {
            text(text.text());
        } else if (part instanceof Part.Document document && document.source() instanceof Source.Inline inline) {
            json.beginObject().name("type").value("document").name("document").beginObject().name("data").beginObject()
                    .optional("title", document.name()).name("text").value(inline.text()).endObject().endObject().endObject();
        }
    }

    /** A string for one text, else an array. */
    private void content(List<Part> parts) {
        if (parts.isEmpty()) {
            json.value("");
        } else if (parts.size() == 1 && parts.get(0) instanceof Part.Text text) {
            json.value(text.text());
        } else {
            json.beginArray();
            parts.forEach(this::part);
            json.endArray();
        }
    }

    private void part(Part part) {
        if (part instanceof Part.Text text) {
            text(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            text(refusal.text());
        } else if (part instanceof Part.Thinking thinking) {
            json.beginObject().name("type").value("thinking").name("thinking").value(thinking.text()).endObject();
        } else if (part instanceof Part.Image image && url(image.source()) != null) {
            json.beginObject().name("type").value("image_url").name("image_url").beginObject().name("url").value(url(image.source()))
                    .optional("detail", image.detail()).endObject().endObject();
        } else if (part instanceof Part.Document document && document.source() instanceof Source.Inline inline) {
            text(inline.text());
        } else {
            throw GatewayException.invalid("messages", "Cohere reads text and images by URL or base64; send another model what is neither.");
        }
    }

    private void text(String text) {
        json.beginObject().name("type").value("text").name("text").value(text).endObject();
    }

    private static String url(Source source) {
        return source instanceof Source.Url url ? url.url()
                : source instanceof Source.Base64 bytes ? "data:" + bytes.mediaType() + ";base64," + bytes.data() : null;
    }
}

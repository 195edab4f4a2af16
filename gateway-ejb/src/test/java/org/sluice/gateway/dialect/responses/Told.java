package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;

/** What every dialect can tell of messages: words joined by kind, calls and results with their ids, what media there is. */
final class Told {
    private Told() { }

    static List<String> of(ChatResponse response) {
        List<String> told = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        for (Part part : response.choices().get(0).message().parts()) {
            if (part instanceof Part.Text words) {
                text.append(words.text());
            } else if (part instanceof Part.Refusal words) {
                text.append(words.text());
            } else if (part instanceof Part.Thinking words) {
                thinking.append(words.text() == null ? "" : words.text()).append(words.signature() == null ? "" : "|" + words.signature());
            } else if (part instanceof Part.RedactedThinking words) {
                thinking.append("redacted ").append(words.data());
            } else if (part instanceof Part.ToolCall call) {
                told.add(call.id() + " " + call.name() + " " + (call.arguments().isEmpty() ? "{}" : call.arguments()));
            }
        }
        told.add("text " + text);
        told.add("thinking " + thinking);
        return told;
    }

    static List<String> of(List<Message> messages) {
        List<String> told = new ArrayList<>();
        for (Message message : messages) {
            for (Part part : message.parts()) {
                String role = message.role() == Role.TOOL ? "result " : message.role() + " ";
                if (part instanceof Part.Text text) {
                    told.add(role + text.text());
                } else if (part instanceof Part.ToolCall call) {
                    told.add("call " + call.id() + " " + call.name() + " " + call.arguments());
                } else if (part instanceof Part.ToolResult result) {
                    told.add("result " + result.toolCallId());
                    result.parts().forEach(inner -> told.add(inner instanceof Part.Text text ? "  " + text.text() : "  " + inner.getClass().getSimpleName()));
                } else if (part instanceof Part.Image || part instanceof Part.Document || part instanceof Part.Audio) {
                    told.add(role + part.getClass().getSimpleName());
                }
            }
        }
        return told;
    }
}

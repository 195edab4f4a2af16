package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.error.GatewayException;

/** Messages sorted into {@code systemInstruction} and {@code contents}; the rules stand in the package's description. */
final class Conversation {
    private final GeminiModel model;
    private final boolean isOwn;
    private final List<Part> system = new ArrayList<>();
    private final List<Content> contents = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    private Conversation(GeminiModel model, boolean isOwn) {
        this.model = model;
        this.isOwn = isOwn;
    }

    /** @param isOwn whether the messages were told in this dialect */
    static Conversation of(GeminiModel model, List<Message> messages, boolean isOwn) {
        Conversation conversation = new Conversation(model, isOwn);
        boolean hasOnlyInstructions = messages.stream().allMatch(Conversation::isInstruction);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String path = (isOwn ? "contents[" : "messages[") + i + "]";
            if (isInstruction(message)) {
                conversation.instruct(message, path, hasOnlyInstructions);
            } else if (message.role() == Role.ASSISTANT) {
                conversation.answer(message, path);
            } else {
                conversation.say(message, path);
            }
        }
        conversation.contents.forEach(Content::settle);
        conversation.contents.removeIf(Content::isEmpty);
        return conversation;
    }

    List<Part> system() {
        return system;
    }

    List<Content> contents() {
        return contents;
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private void instruct(Message message, String path, boolean isAlone) {
        for (int i = 0; i < message.parts().size(); i++) {
            if (!isAlone && !(message.parts().get(i) instanceof Part.Text)) {
                throw GatewayException.invalid(path + ".content[" + i + "]", "Gemini takes text only in system and developer messages.");
            }
        }
        if (contents.isEmpty() && !isAlone) {
            message.parts().stream().filter(part -> !((Part.Text) part).text().isEmpty()).forEach(system::add);
            return;
        }
        Content content = new Content("user");
        contents.add(content);
        message.parts().forEach(part -> content.add(isAlone || !(part instanceof Part.Text text) ? part
                : new Part.Text("<system>\n" + text.text() + "\n</system>"), path, isOwn));
    }

    private void answer(Message message, String path) {
        Content last = contents.isEmpty() ? null : contents.get(contents.size() - 1);
        if (last == null || last.isUser()) {
            last = new Content("model");
            contents.add(last);
            calls.clear();
        }
        last.keep(message.extras());
        for (int i = 0; i < message.parts().size(); i++) {
            Part part = message.parts().get(i);
            if (part instanceof Part.ToolCall call) {
                names.put(call.id(), call.name());
                calls.add(call.id());
            }
            last.add(part, path + ".content[" + i + "]", isOwn);
        }
    }

    /** Results come first, in the order of their calls; what else the turn says follows as a turn of its own. */
    private void say(Message message, String path) {
        Content said = new Content("user");
        said.keep(message.extras());
        for (int i = 0; i < message.parts().size(); i++) {
            Part part = message.parts().get(i);
            if (part instanceof Part.ToolResult result) {
                result(result, message, path);
                if (!model.takesMediaInResults()) {
                    ResultParts.media(result).forEach(media -> said.add(media, path, isOwn));
                }
            } else {
                said.add(part, path + ".content[" + i + "]", isOwn);
            }
        }
        if (!said.isEmpty()) {
            contents.add(said);
        }
    }

    private void result(Part.ToolResult result, Message message, String path) {
        String name = names.getOrDefault(result.toolCallId(), message.name());
        if (name == null) {
            throw GatewayException.invalid(path + ".tool_call_id", "No tool call '" + result.toolCallId()
                    + "' comes before its result; Gemini wants to know which function gave it.");
        }
        Content last = contents.isEmpty() ? null : contents.get(contents.size() - 1);
        if (last == null || !last.hasResults()) {
            last = new Content("user");
            contents.add(last);
        }
        last.keep(message.extras());
        last.addResult(result, name, calls.indexOf(result.toolCallId()), path);
    }
}

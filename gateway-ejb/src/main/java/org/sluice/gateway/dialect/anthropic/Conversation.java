package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;

/** Messages sorted into {@code system} and turns; the rules stand in the package's description. */
final class Conversation {
    private final ClaudeModel model;
    private final List<Message> messages;
    private final Turn system = new Turn("system");
    private final List<Turn> turns = new ArrayList<>();

    private Conversation(ClaudeModel model, List<Message> messages) {
        this.model = model;
        this.messages = messages;
    }

    static Conversation of(ClaudeModel model, List<Message> messages) {
        Conversation conversation = new Conversation(model, messages);
        conversation.sort();
        return conversation;
    }

    Turn system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    /** Whether the model is in the middle of calling tools and its last turn began without thinking. */
    boolean continuesWithoutThinking() {
        int last = messages.size() - 1;
        while (last >= 0 && messages.get(last).role() == Role.TOOL) {
            last--;
        }
        if (last < 0 || last == messages.size() - 1 || messages.get(last).role() != Role.ASSISTANT) {
            return false;
        }
        List<Part> parts = messages.get(last).parts();
        return parts.isEmpty() || !(parts.get(0) instanceof Part.RedactedThinking
                || parts.get(0) instanceof Part.Thinking thinking && CarriedParts.isOwn(thinking.signature()));
    }

    private void sort() {
        boolean hasOnlyInstructions = messages.stream().allMatch(Conversation::isInstruction);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String path = "messages[" + i + "]";
            if (!isInstruction(message)) {
                turn(message.role() == Role.ASSISTANT ? "assistant" : "user").add(message.parts(), path, message.extras());
            } else if (turns.isEmpty() && !hasOnlyInstructions) {
                system.add(onlyText(message, path), path, message.extras());
            } else if (turns.isEmpty()) {
                turn("user").add(message.parts(), path, message.extras());
            } else if (mayStandHere(i)) {
                turn("system").add(onlyText(message, path), path, message.extras());
            } else {
                turn("user").add(hasOnlyInstructions ? message.parts() : marked(onlyText(message, path)), path, message.extras());
            }
        }
        turns.removeIf(Turn::isEmpty);
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    /** After a user turn, before the model speaks: there newer models take a system turn. */
    private boolean mayStandHere(int at) {
        if (!model.takesInstructionsAnywhere() || turns.get(turns.size() - 1).role.equals("assistant")) {
            return false;
        }
        int next = at + 1;
        while (next < messages.size() && isInstruction(messages.get(next))) {
            next++;
        }
        return next == messages.size() || messages.get(next).role() == Role.ASSISTANT;
    }

    private Turn turn(String role) {
        if (turns.isEmpty() || !turns.get(turns.size() - 1).role.equals(role)) {
            turns.add(new Turn(role));
        }
        return turns.get(turns.size() - 1);
    }

    private static List<Part> onlyText(Message message, String path) {
        for (int i = 0; i < message.parts().size(); i++) {
            if (!(message.parts().get(i) instanceof Part.Text)) {
                throw BlockWriter.refused(path + ".content[" + i + "]", "Anthropic takes text only in system and developer messages.");
            }
        }
        return message.parts();
    }

    private static List<Part> marked(List<Part> instruction) {
        List<Part> marked = new ArrayList<>();
        for (Part part : instruction) {
            if (part instanceof Part.Text text && !text.text().isBlank()) {
                marked.add(new Part.Text("<system>\n" + text.text() + "\n</system>", Map.copyOf(text.extras())));
            }
        }
        return marked;
    }
}

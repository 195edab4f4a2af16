package org.sluice.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.error.GatewayException;

/**
 * Messages sorted into instructions and turns; the rules stand in the package's description.
 *
 * @param toolNames names of the tools that were called
 * @param hasToolParts whether there are calls or results
 */
record Turns(Turn system, List<Turn> turns, Set<String> toolNames, boolean hasToolParts) {
    static Turns of(List<Message> messages) {
        Turn system = new Turn("system");
        List<Turn> turns = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        boolean hasToolParts = false;
        boolean hasOnlyInstructions = messages.stream().allMatch(Turns::isInstruction);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String path = "messages[" + i + "]";
            if (!isInstruction(message)) {
                turn(turns, message.role() == Role.ASSISTANT ? "assistant" : "user").add(message.parts(), path, message.extras());
            } else if (hasOnlyInstructions) {
                turn(turns, "user").add(message.parts(), path, message.extras());
            } else if (turns.isEmpty()) {
                system.add(onlyText(message, path), path, message.extras());
            } else {
                turn(turns, "user").add(marked(onlyText(message, path)), path, message.extras());
            }
            for (Part part : message.parts()) {
                hasToolParts |= part instanceof Part.ToolCall || part instanceof Part.ToolResult;
                if (part instanceof Part.ToolCall call && call.name() != null) {
                    names.add(call.name());
                }
            }
        }
        turns.removeIf(Turn::isEmpty);
        return new Turns(system, turns, names, hasToolParts);
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static Turn turn(List<Turn> turns, String role) {
        if (turns.isEmpty() || !turns.get(turns.size() - 1).role.equals(role)) {
            turns.add(new Turn(role));
        }
        return turns.get(turns.size() - 1);
    }

    private static List<Part> onlyText(Message message, String path) {
        for (int i = 0; i < message.parts().size(); i++) {
            Part part = message.parts().get(i);
            if (!(part instanceof Part.Text || part instanceof Part.Opaque)) {
                throw GatewayException.invalid(path + ".content[" + i + "]", "Bedrock takes text only in system and developer messages.");
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

package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;

/** One turn on its way out: the blocks of neighbouring messages of one role. */
final class Turn {
    /**
     * A block to be.
     *
     * @param path where the caller wrote it, for errors
     * @param cacheControl a breakpoint set on the message, written unless the part has its own; or null
     */
    record Block(Part part, String path, RawJson cacheControl) { }

    final String role;
    private final List<Block> blocks = new ArrayList<>();

    Turn(String role) {
        this.role = role;
    }

    boolean isUser() {
        return role.equals("user");
    }

    boolean isSystem() {
        return role.equals("system");
    }

    /** Adds parts, without blank text, which the API refuses. */
    void add(List<Part> parts, String path, Map<String, RawJson> messageExtras) {
        int last = blocks.size();
        for (int i = 0; i < parts.size(); i++) {
            if (!isBlank(parts.get(i))) {
                blocks.add(new Block(Citations.toProvider(parts.get(i)), path + ".content[" + i + "]", null));
            }
        }
        RawJson cacheControl = messageExtras.get("cache_control");
        if (cacheControl != null && !cacheControl.isNull() && blocks.size() > last) {
            Block block = blocks.remove(blocks.size() - 1);
            blocks.add(new Block(block.part, block.path, block.part.extras().containsKey("cache_control") ? null : cacheControl));
        }
    }

    /** In the order the API asks for: tool results first. */
    List<Block> ordered() {
        if (blocks.stream().noneMatch(block -> block.part instanceof Part.ToolResult)) {
            return blocks;
        }
        List<Block> ordered = new ArrayList<>(blocks.size());
        blocks.stream().filter(block -> block.part instanceof Part.ToolResult).forEach(ordered::add);
        blocks.stream().filter(block -> !(block.part instanceof Part.ToolResult)).forEach(ordered::add);
        return ordered;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Reasoning without a signature of Claude's is another model's and means nothing to this one. */
    private static boolean isBlank(Part part) {
        return part instanceof Part.Text text && text.text().isBlank()
                || part instanceof Part.Refusal refusal && refusal.text().isBlank()
                || part instanceof Part.Thinking thinking && !CarriedParts.isOwn(thinking.signature())
                || part instanceof Part.Opaque opaque && opaque.dialect().equals("responses");
    }
}

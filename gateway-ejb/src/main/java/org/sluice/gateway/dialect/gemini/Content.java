package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;

/** One entry of {@code contents} on its way to a provider. */
final class Content {
    /**
     * A part to be.
     *
     * @param signature as the wire has it, or null
     * @param name of the function whose result this is, or null
     * @param order place of the result among the calls
     * @param path where the caller wrote it, for errors
     */
    record Block(Part part, String signature, String name, int order, String path) {
        Block signed(String wire) {
            return new Block(part, wire, name, order, path);
        }

        boolean maySign() {
            return signature == null && !(part instanceof Part.ToolCall) && !(part instanceof Part.ToolResult)
                    && !(part instanceof Part.Opaque) && !(part instanceof Part.Thinking);
        }
    }

    final String role;
    final Map<String, RawJson> extras = new LinkedHashMap<>(0);
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> loose = new ArrayList<>(0);
    private boolean hasResults;

    Content(String role) {
        this.role = role;
    }

    boolean isUser() {
        return role.equals("user");
    }

    boolean hasResults() {
        return hasResults;
    }

    boolean isEmpty() {
        return blocks.isEmpty() && loose.isEmpty();
    }

    List<Block> blocks() {
        return blocks;
    }

    void keep(Map<String, RawJson> messageExtras) {
        extras.putAll(messageExtras);
    }

    /** Leaves out what Gemini refuses or has no use for: empty texts, other models' thoughts. */
    void add(Part part, String path, boolean isOwn) {
        if (part instanceof Part.Thinking thinking) {
            think(thinking, path, isOwn);
        } else if (part instanceof Part.ToolCall call) {
            blocks.add(new Block(call, Signed.toProvider(ProviderJson.textOf(call.extras().get(Signatures.EXTRA))), null, 0, path));
        } else if (!(part instanceof Part.RedactedThinking) && !(part instanceof Part.Text text && text.text().isEmpty())) {
            blocks.add(new Block(part, null, null, 0, path));
        }
    }

    void addResult(Part.ToolResult result, String name, int order, String path) {
        hasResults = true;
        blocks.add(new Block(result, null, name, order < 0 ? Integer.MAX_VALUE : order, path));
    }

    /** A signature without words belongs to the part before it. */
    private void think(Part.Thinking thinking, String path, boolean isOwn) {
        String wire = Signed.toProvider(thinking.signature());
        boolean hasWords = thinking.text() != null && !thinking.text().isEmpty();
        if (hasWords && (wire != null || isOwn && thinking.signature() == null)) {
            blocks.add(new Block(thinking, wire, null, 0, path));
        } else if (!hasWords && wire != null) {
            int last = blocks.size() - 1;
            if (last >= 0 && blocks.get(last).maySign()) {
                blocks.set(last, blocks.get(last).signed(wire));
            } else {
                loose.add(wire);
            }
        }
    }

    /** Signatures whose part another dialect moved go to the last text that has none, or stand alone. */
    void settle() {
        for (String wire : loose) {
            int at = blocks.size() - 1;
            while (at >= 0 && !blocks.get(at).maySign()) {
                at--;
            }
            if (at >= 0) {
                blocks.set(at, blocks.get(at).signed(wire));
            } else {
                blocks.add(0, new Block(new Part.Text(""), wire, null, 0, role));
            }
        }
        loose.clear();
        if (hasResults) {
            blocks.sort(Comparator.comparingInt(Block::order));
        }
    }
}

package org.sluice.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;

/** The parts of neighbouring messages of one role. */
final class Turn {
    /**
     * @param path where the caller wrote it, for errors
     * @param cacheControl a breakpoint behind the part, or null
     */
    record Piece(Part part, String path, RawJson cacheControl) { }

    final String role;
    private final List<Piece> pieces = new ArrayList<>();

    Turn(String role) {
        this.role = role;
    }

    /** Adds parts, without blank text, which Bedrock refuses; a breakpoint on the message goes behind its last part. */
    void add(List<Part> parts, String path, Map<String, RawJson> messageExtras) {
        int before = pieces.size();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean isBlank = part instanceof Part.Text text && text.text().isBlank() || part instanceof Part.Refusal refusal && refusal.text().isBlank();
            if (!isBlank) {
                pieces.add(new Piece(part, path + ".content[" + i + "]", present(part.extras())));
            } else if (present(part.extras()) != null && pieces.size() > before) {
                mark(present(part.extras()));
            }
        }
        if (present(messageExtras) != null && pieces.size() > before) {
            mark(present(messageExtras));
        }
    }

    private void mark(RawJson cacheControl) {
        Piece last = pieces.remove(pieces.size() - 1);
        pieces.add(new Piece(last.part, last.path, last.cacheControl == null ? cacheControl : last.cacheControl));
    }

    private static RawJson present(Map<String, RawJson> extras) {
        RawJson given = extras.get("cache_control");
        return given == null || given.isNull() ? null : given;
    }

    /** Tool results first, as Bedrock asks. */
    List<Piece> ordered() {
        List<Piece> ordered = new ArrayList<>(pieces.size());
        pieces.stream().filter(piece -> piece.part instanceof Part.ToolResult).forEach(ordered::add);
        pieces.stream().filter(piece -> !(piece.part instanceof Part.ToolResult)).forEach(ordered::add);
        return ordered;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    List<Piece> pieces() {
        return pieces;
    }
}

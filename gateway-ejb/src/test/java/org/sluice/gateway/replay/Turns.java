package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;

/** How a text is cut into the pieces of a stream. */
final class Turns {
    private static final int PIECE = 5;

    private Turns() { }

    /** Pieces of a few characters, surrogate pairs kept whole; none of nothing. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; text != null && from < text.length();) {
            int to = Math.min(text.length(), from + PIECE);
            to += to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}

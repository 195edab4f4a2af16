package org.sluice.gateway.citation;

import org.sluice.gateway.chat.RawJson;

/**
 * One source and the words that rest on it.
 *
 * @param url of a page, or null
 * @param title of the page or the document, or a file's name; or null
 * @param source a document's or a file's id, or null
 * @param quoted words of the source, or null
 * @param from first character it speaks of
 * @param to the character after the last
 * @param own as the provider wrote it, or null
 */
public record Citation(String url, String title, String source, String quoted, int from, int to, RawJson own) {
    public Citation(String url, String title, String source, String quoted, int from, int to) {
        this(url, title, source, quoted, from, to, null);
    }

    public boolean isPage() {
        return url != null;
    }

    /** The same, counted from another start, within a text of this length. */
    public Citation within(int start, int length) {
        return new Citation(url, title, source, quoted, Math.max(0, Math.min(from - start, length)), Math.max(0, Math.min(to - start, length)), own);
    }

    Citation shifted(int by) {
        return new Citation(url, title, source, quoted, from + by, to + by, own);
    }

    public String titleOrEmpty() {
        return title == null ? "" : title;
    }
}

package org.sluice.gateway.citation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;

/** The citations of a whole answer. */
public final class Citations {
    /** OpenAI's, whose places count over the whole answer. */
    public static final String ANNOTATIONS = "annotations";
    /** Of the Responses API. */
    public static final String ITEM_ANNOTATIONS = "item.annotations";
    /** Anthropic's, Converse's, Cohere's and Perplexity's. */
    public static final String CITATIONS = "citations";
    /** The gateway's own type of an annotation of the Responses API, for a document that is no file of the provider's. */
    public static final String DOCUMENT = "document_citation";
    private static final String SEARCH_RESULTS = "search_results";
    private static final List<String> NAMES = List.of(ANNOTATIONS, ITEM_ANNOTATIONS, CITATIONS);

    private Citations() { }

    public static boolean isNamed(String extra) {
        return NAMES.contains(extra);
    }

    /** Those of one text, counted from its beginning. */
    public static List<Citation> of(Part.Text text) {
        List<Citation> found = new ArrayList<>();
        NAMES.forEach(name -> read(text.extras().get(name), 0, text.text().length(), found));
        return found;
    }

    /** Those of a choice, counted from the beginning of its text; what the answer cites as a whole too. */
    public static List<Citation> of(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        List<Citation> found = new ArrayList<>();
        int length = 0;
        for (Part part : choice.message().parts()) {
            if (part instanceof Part.Text text) {
                int start = length;
                length += text.text().length();
                read(text.extras().get(ANNOTATIONS), 0, length, found);
                List<Citation> own = new ArrayList<>();
                read(text.extras().get(ITEM_ANNOTATIONS), 0, text.text().length(), own);
                read(text.extras().get(CITATIONS), 0, text.text().length(), own);
                own.forEach(citation -> found.add(citation.shifted(start)));
            }
        }
        int end = length;
        NAMES.forEach(name -> read(choice.message().extras().get(name), 0, end, found));
        ofAnswer(answer, end, found);
        return found;
    }

    /**
     * The same, given out to the parts.
     *
     * @return for each part those of its text, counted from its beginning
     */
    public static List<List<Citation>> byPart(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        List<Part> parts = choice.message().parts();
        List<List<Citation>> given = new ArrayList<>();
        parts.forEach(part -> given.add(new ArrayList<>(0)));
        for (Citation citation : of(choice, answer)) {
            int start = 0;
            int at = -1;
            int startOfIt = 0;
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Part.Text text) {
                    if (at < 0 || start <= citation.from()) {
                        at = i;
                        startOfIt = start;
                    }
                    start += text.text().length();
                }
            }
            if (at >= 0) {
                given.get(at).add(citation.within(startOfIt, ((Part.Text) parts.get(at)).text().length()));
            }
        }
        return given;
    }

    /** What an answer says beside its choices, but for pages that are cited already. */
    static void ofAnswer(Map<String, RawJson> answer, int end, List<Citation> found) {
        Set<String> cited = new HashSet<>();
        found.forEach(citation -> cited.add(citation.url()));
        List<Citation> more = new ArrayList<>();
        read(answer.get(SEARCH_RESULTS), 0, end, more);
        read(answer.get(CITATIONS), 0, end, more);
        more.stream().filter(citation -> citation.isPage() && cited.add(citation.url())).forEach(found::add);
    }

    static void read(RawJson raw, int from, int to, List<Citation> found) {
        if (raw != null) {
            CitationReader.read(raw, from, to, found);
        }
    }
}

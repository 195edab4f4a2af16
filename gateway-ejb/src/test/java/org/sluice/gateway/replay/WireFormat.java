package org.sluice.gateway.replay;

import java.util.List;
import java.util.Set;
import org.sluice.gateway.recorded.Recording;

/** A reader of one wire format, independent of the gateway's own. Without state. */
interface WireFormat {
    List<WireFormat> ALL = List.of(new OpenAiFormat(), new AnthropicFormat(), new GeminiFormat(), new ResponsesFormat(), new ConverseFormat(), new CohereFormat());

    /** Names the gateway's dialect of this format. */
    String dialect();

    /** Whether a recording is a chat in this format. */
    boolean covers(Recording recording);

    Said whole(Object body);

    /** @param payloads the JSON of each event in order */
    Said stream(List<Object> payloads);

    /** The words of an error body; null when the body has none in this format. */
    String errorMessage(Object body);

    /** Checks the order of events that this format promises its clients. */
    default void checkOrder(List<Object> payloads, String raw) { }

    /** How an end that another format tells may be told here. */
    Set<String> toldAs(String end);

    /** Whether a client of this format can be told of more than one choice. */
    default boolean hasManyChoices() {
        return false;
    }

    /** Whether this format has a counter for tokens written to a cache. */
    default boolean countsCacheWrites() {
        return true;
    }

    /** Whether this format has a counter for tokens of reasoning. */
    default boolean countsReasoning() {
        return true;
    }
}

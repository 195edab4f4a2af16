package org.sluice.gateway.replay;

import java.util.List;
import java.util.Map;

/** Both ends of one format, as programs that know nothing of the gateway write it: a client that talks, a provider that answers. */
interface Speaker {
    List<Speaker> ALL = List.of(new OpenAiSpeaker(), new AnthropicSpeaker(), new GeminiSpeaker(), new ResponsesSpeaker());

    String dialect();

    /** The beginning of a request: instructions, tools, the wish to see thoughts. Turns are added to it. */
    Map<String, Object> request(Script script);

    void user(Map<String, Object> request, String text, String image);

    /** What the client got goes back as it is, as the SDKs do it. {@code answer} is a whole answer of this format. */
    void answered(Map<String, Object> request, Object answer);

    /** @param ids of the calls as the client got them, in order */
    void results(Map<String, Object> request, List<Said.Call> calls, List<String> texts);

    /** The whole answer that an answer told in pieces amounts to. */
    Object folded(List<Object> payloads);

    Object answer(Script.Answer answer);

    /** The events of the same answer, framed. */
    String stream(Script.Answer answer);

    /** Whether models of this format sign their thoughts and want the signatures back. */
    boolean signs();
}

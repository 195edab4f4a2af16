package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/**
 * A request of a client, to be put to every provider.
 *
 * @param from who was asked when it was recorded; null for one that was made here, which any provider of that dialect may get
 */
record AskedRequest(String name, String dialect, String from, byte[] body, boolean isStream) {
    private static final int LONGEST = 300_000;

    /** Every recorded request that was answered, the turns of the {@link Script}, and one with all a client can say. */
    static List<AskedRequest> all() {
        List<AskedRequest> all = new ArrayList<>();
        recorded().forEach(all::add);
        Speaker.ALL.forEach(speaker -> script(speaker, all));
        for (String dialect : List.of("openai", "anthropic", "gemini", "responses")) {
            all.add(full(dialect, false));
            all.add(full(dialect, true));
        }
        return all;
    }

    /** None where the recordings are absent. */
    private static Stream<AskedRequest> recorded() {
        try {
            return recordings();
        } catch (TestAbortedException absent) {
            return Stream.empty();
        }
    }

    private static Stream<AskedRequest> recordings() {
        return Recordings.where(recording -> recording.status() < 400 && recording.request().length > 0 && recording.request().length < LONGEST && dialect(recording) != null)
                .map(recording -> new AskedRequest(recording.id(), dialect(recording), recording.provider(), recording.request(), recording.isStream()));
    }

    private static String dialect(Recording recording) {
        String endpoint = recording.endpoint();
        return endpoint.endsWith("chat/completions") && !recording.provider().equals("hyperbolic") && !recording.provider().equals("huggingface") ? "openai"
                : endpoint.equals("messages") ? "anthropic" : endpoint.endsWith("responses") ? "responses" : endpoint.endsWith("enerateContent") ? "gemini" : null;
    }

    private static void script(Speaker speaker, List<AskedRequest> all) {
        Script script = new Script();
        Map<String, Object> request = speaker.request(script);
        List<Said.Call> open = List.of();
        for (int turn = 0; turn < script.turns.size(); turn++) {
            Script.Turn at = script.turns.get(turn);
            if (at.results() != null) {
                speaker.results(request, open, at.results());
            } else {
                speaker.user(request, at.text(), at.image());
            }
            all.add(new AskedRequest("turn " + turn + " of " + speaker.dialect(), speaker.dialect(), null, Tree.write(request).getBytes(UTF_8), false));
            open = at.answer().calls();
            speaker.answered(request, Tree.read(Tree.write(speaker.answer(at.answer()))));
        }
    }

    private static AskedRequest full(String dialect, boolean isStream) {
        try (InputStream file = AskedRequest.class.getResourceAsStream("/schemas/full/" + dialect + ".json")) {
            String body = new String(file.readAllBytes(), UTF_8);
            return new AskedRequest("full " + dialect + (isStream ? ", streamed" : ""), dialect, null,
                    (isStream && !dialect.equals("gemini") ? body.replaceFirst("\\{", "{\"stream\":true,") : body).getBytes(UTF_8), isStream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

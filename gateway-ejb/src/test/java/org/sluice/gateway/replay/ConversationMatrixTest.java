package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** A conversation of five turns with tools, images and thoughts, between clients and providers of every two dialects. */
class ConversationMatrixTest {
    private static final Script SCRIPT = new Script();

    /** A client and a provider who do not speak the same, or do. */
    record Pair(Speaker client, Speaker provider) {
        Dialect door() {
            return Wired.dialect(client.dialect()).orElseThrow();
        }

        Dialect target() {
            return Wired.dialect(provider.dialect()).orElseThrow();
        }

        @Override
        public String toString() {
            return client.dialect() + " to " + provider.dialect();
        }
    }

    static Stream<Pair> pairs() {
        List<Speaker> spoken = Speaker.ALL.stream().filter(speaker -> Wired.dialect(speaker.dialect()).isPresent()).toList();
        return spoken.stream().flatMap(client -> spoken.stream().map(provider -> new Pair(client, provider)));
    }

    private static WireFormat format(Speaker speaker) {
        return WireFormat.ALL.stream().filter(format -> format.dialect().equals(speaker.dialect())).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void five_turns_are_understood_at_both_ends(Pair pair) {
        converse(pair, false);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void five_streamed_turns_are_understood_at_both_ends(Pair pair) {
        converse(pair, true);
    }

    private static void converse(Pair pair, boolean isStream) {
        Map<String, Object> request = pair.client.request(SCRIPT);
        List<Said.Call> open = List.of();
        for (int turn = 0; turn < SCRIPT.turns.size(); turn++) {
            Script.Turn at = SCRIPT.turns.get(turn);
            if (at.results() != null) {
                pair.client.results(request, open, at.results());
            } else {
                pair.client.user(request, at.text(), at.image());
            }
            asked(pair, request, turn, isStream);
            Object got = isStream ? streamed(pair, at.answer()) : whole(pair, at.answer());
            open = format(pair.client).whole(got).choice(0).calls;
            pair.client.answered(request, got);
        }
    }

    private static void asked(Pair pair, Map<String, Object> request, int turn, boolean isStream) {
        byte[] body = Tree.write(request).getBytes(UTF_8);
        ChatRequest read = pair.door().readRequest(pair.door().readOutline(body), Set.of());
        Asked told = AskedReaders.read(pair.provider.dialect(), Tree.read(pair.target().writeRequest(read.withModel(model(pair.provider)))));
        Asked expected = SCRIPT.asked(turn);
        assertThat(told.system.toString()).as("instructions in turn " + turn).isEqualTo(expected.system.toString());
        assertThat(told.said).as("turn " + turn).isEqualTo(expected.said);
        assertThat(told.tools).containsExactlyInAnyOrderElementsOf(expected.tools);
        if (pair.provider.signs()) {
            assertThat(told.signatures).as("signatures in turn " + turn).containsAll(expected.signatures);
        }
    }

    /** A model that thinks and takes signatures back, where the name matters. */
    private static String model(Speaker provider) {
        return switch (provider.dialect()) {
            case "anthropic" -> "claude-sonnet-4-5";
            case "gemini" -> "gemini-3-pro-preview";
            default -> "gpt-5";
        };
    }

    private static Object whole(Pair pair, Script.Answer answer) {
        byte[] sent = Tree.write(pair.provider.answer(answer)).getBytes(UTF_8);
        Object got = Tree.read(pair.door().writeResponse(pair.target().readResponse(sent)));
        compare(pair, format(pair.provider).whole(Tree.read(sent)), format(pair.client).whole(got), got, answer);
        return got;
    }

    private static Object streamed(Pair pair, Script.Answer answer) {
        String sent = pair.provider.stream(answer);
        List<ChatChunk> chunks = new ArrayList<>();
        assertThat(Told.read(null, pair.target(), sent.getBytes(UTF_8), chunks)).isNull();
        String got = Told.stream(pair.door(), chunks, null);
        List<Object> payloads = Told.payloads(got);
        format(pair.client).checkOrder(payloads, got);
        compare(pair, format(pair.provider).stream(Told.payloads(sent)), format(pair.client).stream(payloads), payloads, answer);
        return pair.client.folded(payloads);
    }

    private static void compare(Pair pair, Said sent, Said got, Object raw, Script.Answer answer) {
        assertThat(sent.choice(0).text.toString()).isEqualTo(answer.text());
        assertThat(sent.choice(0).calls).isEqualTo(answer.calls());
        assertThat(sent.usage).isEqualTo(new Said.Counts(11, 7, 4, 0, 3));
        new Comparison(sent, got, raw, format(pair.provider), format(pair.client), new java.util.HashSet<>()).check();
    }

    /** Whatever arrived before a cut was told; the rest is told as a failure, and the client's format holds to the end. */
    @ParameterizedTest
    @MethodSource("pairs")
    void a_stream_cut_at_any_byte_is_told_so_far_and_then_fails(Pair pair) {
        byte[] sent = pair.provider.stream(SCRIPT.turns.get(0).answer()).getBytes(UTF_8);
        List<ChatChunk> all = new ArrayList<>();
        Told.read(null, pair.target(), sent, all);
        GatewayException truncated = new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "It broke off.");
        int told = -1;
        for (int cut = 0; cut < sent.length; cut++) {
            List<ChatChunk> chunks = new ArrayList<>();
            GatewayException failure = Told.read(null, pair.target(), Arrays.copyOf(sent, cut), chunks);
            assertThat(failure == null || failure.type() == ErrorType.UPSTREAM_INVALID).as("half an event at " + cut).isTrue();
            assertThat(chunks).as("cut at " + cut).isEqualTo(all.subList(0, chunks.size()));
            if (chunks.size() != told && Told.hasBegun(pair.door(), chunks) && !(chunks.get(chunks.size() - 1) instanceof ChatChunk.Ended)) {
                String got = Told.stream(pair.door(), chunks, truncated);
                format(pair.client).checkOrder(Told.payloads(got), got);
                assertThat(format(pair.client).stream(Told.payloads(got)).error).isEqualTo("It broke off.");
            }
            told = chunks.size();
        }
        assertThat(told).isGreaterThan(5);
    }
}

package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Every recorded answer of a chat, told to clients of every dialect, whole and streamed; see the package. */
class ReplayMatrixTest {
    private static final ReplayReport REPORT = new ReplayReport();
    private static final List<String> CLIENTS = List.of("openai", "anthropic", "gemini", "responses");
    private static final Map<String, String> NO_CHAT = new HashMap<>(Map.of(
            "completions", "legacy completions, not a chat", "embeddings", "not a chat", "v2/embed", "not a chat", "batchEmbedContents", "not a chat",
            "api/chat", "Ollama's own API; the gateway asks Ollama by its OpenAI-compatible one", "api/generate", "Ollama's own API; the gateway asks Ollama by its OpenAI-compatible one",
            "v1/chat", "Cohere's first API, which its second replaced", "invoke", "Bedrock's own bodies of a model that is not Claude; the gateway asks by Converse",
            "invoke-with-response-stream", "Bedrock's own bodies of a model that is not Claude; the gateway asks by Converse"));

    private static final Map<String, String> EDITED = Map.of("ro-openai-responses-028-openai-phase-1",
            "shortened by its project: its events skip a place that the whole answer at the end does not have, and its pieces are not the whole text");

    /** One recorded answer and one client. */
    record Cell(Replayed answer, WireFormat client) {
        @Override
        public String toString() {
            return answer + " to " + client.dialect();
        }

        Dialect provider() {
            return from().map(provider -> provider.dialectFor(door(), model())).filter(dialect -> dialect.name().equals(answer.format().dialect()))
                    .or(() -> Wired.dialect(answer.format().dialect())).orElseThrow();
        }

        private String model() {
            return answer.recording().model() == null ? "a-model" : answer.recording().model();
        }

        /** Who answered, if the gateway knows that provider. */
        Optional<Provider> from() {
            return Wired.provider(answer.recording().provider());
        }

        Dialect door() {
            return Wired.dialect(client.dialect()).orElseThrow();
        }
    }

    private static Stream<Recording> recordings() {
        return Stream.concat(Recordings.where(any -> true), Recordings.responsesOnly(any -> true));
    }

    private static Optional<WireFormat> format(Recording recording) {
        return WireFormat.ALL.stream().filter(format -> format.covers(recording) && !EDITED.containsKey(recording.id())).findFirst();
    }

    static List<WireFormat> clients() {
        return WireFormat.ALL.stream().filter(format -> CLIENTS.contains(format.dialect()) && Wired.dialect(format.dialect()).isPresent()).toList();
    }

    static Stream<Cell> cells() {
        return recordings().filter(recording -> format(recording).flatMap(format -> Wired.dialect(format.dialect())).isPresent())
                .flatMap(recording -> Replayed.of(recording, format(recording).orElseThrow()))
                .flatMap(answer -> clients().stream().map(client -> new Cell(answer, client)));
    }

    @AfterAll
    static void report() throws IOException {
        REPORT.write(Path.of("target", "replay-report.md"));
        assertThat(REPORT.losses()).as("known losses that happened").containsAll(KnownLoss.among(clients()));
        assertThat(REPORT.total().total()).as("answers told").isPositive();
        assertThat(REPORT.total().passed()).as("answers told as they are").isEqualTo(REPORT.total().total());
    }

    @Test
    void every_recording_is_replayed_or_left_out_for_a_reason() {
        recordings().filter(recording -> format(recording).flatMap(format -> Wired.dialect(format.dialect())).isEmpty()).forEach(recording -> {
            String reason = EDITED.containsKey(recording.id()) ? EDITED.get(recording.id()) : NO_CHAT.getOrDefault(recording.endpoint(), format(recording).map(format -> "no dialect of this format yet: " + format.dialect()).orElse(null));
            assertThat(reason).as(recording.id() + " " + recording.endpoint()).isNotNull();
            REPORT.leaveOut(recording, reason);
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void what_the_provider_said_is_what_the_client_is_told(Cell cell) {
        boolean isPassed = false;
        Set<KnownLoss> losses = new HashSet<>();
        try {
            if (cell.answer.recording().status() >= 400) {
                error(cell);
            } else if (cell.answer.isStream()) {
                stream(cell, losses);
            } else {
                whole(cell, losses);
            }
            isPassed = true;
        } catch (AssertionError | RuntimeException lost) {
            throw new AssertionError(cell + ": " + lost.getMessage(), lost);
        } finally {
            REPORT.count(cell.answer.recording(), cell.client.dialect(), isPassed);
            losses.forEach(loss -> REPORT.lose(loss, cell.answer.recording()));
        }
    }

    private static void error(Cell cell) {
        Recording recording = cell.answer.recording();
        ProviderError error = cell.provider().readError(recording.status(), recording.contentType(), recording.response());
        GatewayException failure = GatewayException.provider(cell.from().map(provider -> provider.explained(error, recording.headers())).orElse(error));
        assertThat(failure.status()).isEqualTo(recording.status());
        String written = new String(cell.door().writeError(failure, "call-1"), UTF_8);
        String expected = cell.answer.payloads().isEmpty() ? null : cell.answer.format().errorMessage(cell.answer.payloads().get(0));
        if (expected == null) {
            assertThat(error.message()).isNotBlank();
            assertThat(written.equals(new String(recording.response(), UTF_8)) || !cell.client.errorMessage(Tree.read(written)).isBlank()).isTrue();
        } else {
            assertThat(cell.client.errorMessage(Tree.read(written))).endsWith(expected);
        }
    }

    private static void whole(Cell cell, Set<KnownLoss> losses) {
        if (cell.answer.payloads().isEmpty() || isNoAnswer(cell.answer.payloads().get(0))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(GatewayException.class, () -> cell.provider().readResponse(cell.answer.body())).type())
                    .isEqualTo(ErrorType.UPSTREAM_INVALID);
            return;
        }
        Said expected = cell.answer.format().whole(cell.answer.payloads().get(0));
        var response = cell.provider().readResponse(cell.answer.body());
        Object told = Tree.read(cell.door().writeResponse(response));
        new Comparison(expected, cell.client.whole(told), told, cell.answer.format(), cell.client, losses).check();
        List<Object> streamed = Told.payloads(Told.stream(cell.door(), Pieces.of(response), null));
        new Comparison(expected, cell.client.stream(streamed), streamed, cell.answer.format(), cell.client, losses).check();
        assertThat(cell.provider().readResponseOutline(cell.answer.body()).isError()).isFalse();
    }

    /** A body of JSON that has nothing of an answer: one recording is of a server that sent something else. */
    private static boolean isNoAnswer(Object body) {
        return Tree.at(body, "this") != null;
    }

    private static void stream(Cell cell, Set<KnownLoss> losses) {
        Said expected = cell.answer.format().stream(cell.answer.payloads());
        List<ChatChunk> chunks = new ArrayList<>();
        GatewayException failure = Told.read(cell.from().orElse(null), cell.provider(), cell.answer.body(), chunks);
        assertThat(failure == null ? null : failure.getMessage()).as("failure").isEqualTo(expected.error);
        if (failure != null && !Told.hasBegun(cell.door(), chunks)) {
            assertThat(cell.client.errorMessage(Tree.read(cell.door().writeError(failure, "call-1")))).isEqualTo(expected.error);
            return;
        }
        String stream = Told.stream(cell.door(), chunks, failure);
        List<Object> payloads = Told.payloads(stream);
        Said told = cell.client.stream(payloads);
        assertThat(told.error).as("failure told").isEqualTo(expected.error);
        new Comparison(expected, told, payloads, cell.answer.format(), cell.client, losses).check();
        cell.client.checkOrder(payloads, stream);
        if (failure == null) {
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            chunks.forEach(assembler::add);
            Object whole = Tree.read(cell.door().writeResponse(assembler.response()));
            new Comparison(expected, cell.client.whole(whole), whole, cell.answer.format(), cell.client, losses).check();
        }
    }
}

package org.sluice.gateway.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;
import org.sluice.gateway.upstream.SseReader;
import org.sluice.gateway.usage.Usage;

/** Every recorded exchange of the Responses API, whoever answered. What it means is found here by other means. */
class RecordedResponsesTest {
    private static final Dialect DIALECT = new ResponsesDialect();
    /** Whoever recorded it left deltas out by hand: its end says more than its deltas. */
    private static final Set<String> SHORTENED = Set.of("ro-openai-responses-028-openai-phase-1");

    private static Stream<Recording> all() {
        return Stream.concat(Recordings.where(RecordedResponsesTest::isOurs), Recordings.responsesOnly(RecordedResponsesTest::isOurs));
    }

    private static boolean isOurs(Recording recording) {
        return recording.endpoint().endsWith("responses");
    }

    static Stream<Recording> answers() {
        return all().filter(recording -> recording.status() == 200 && recording.streamFormat() == null);
    }

    static Stream<Recording> streams() {
        return all().filter(recording -> recording.status() == 200 && recording.streamFormat() != null);
    }

    static Stream<Recording> errors() {
        return all().filter(recording -> recording.status() >= 400);
    }

    static Stream<Recording> requests() {
        return all().filter(recording -> recording.request().length > 0);
    }

    static Stream<Recording> streamsOfOthers() {
        return Recordings.where(recording -> recording.isSse() && (recording.endpoint().endsWith("chat/completions") || recording.endpoint().equals("messages")));
    }

    private static Usage usage(JsonObject usage) {
        JsonObject in = usage.object("input_tokens_details");
        JsonObject out = usage.object("output_tokens_details");
        return new Usage(usage.number("input_tokens", -1), usage.number("output_tokens", -1), in.number("cached_tokens", 0),
                in.number("cache_write_tokens", 0), 0, out.number("reasoning_tokens", 0), 0, 0);
    }

    /** Some recordings hold several answers one after the other; a stream ends with the first. */
    private static List<JsonObject> events(Recording recording) {
        List<JsonObject> events = new ArrayList<>();
        for (JsonObject event : Said.events(recording.response())) {
            events.add(event);
            if (event.text("type").equals("response.completed")) {
                break;
            }
        }
        return events;
    }

    /** The last event seals thoughts anew. */
    private static List<String> unsealed(List<String> said) {
        return said.stream().map(line -> line.startsWith("thinking ") ? line.substring(0, line.lastIndexOf('|')) : line).toList();
    }

    /** Payloads whose framing was removed are framed again. */
    private static byte[] framed(Recording recording) {
        if (recording.isSse()) {
            return recording.response();
        }
        StringBuilder stream = new StringBuilder();
        events(recording).forEach(event -> stream.append("data: ").append(event.raw().text()).append("\n\n"));
        return stream.toString().getBytes(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_what_its_json_says(Recording recording) {
        JsonObject body = JsonReader.readObject(recording.response());
        ResponseOutline outline = DIALECT.readResponseOutline(recording.response());
        assertThat(outline.isError()).isFalse();
        assertThat(outline.id()).isEqualTo(body.text("id"));
        assertThat(outline.responseModel()).isEqualTo(body.text("model"));
        assertThat(outline.usage()).isEqualTo(usage(body.object("usage")));
        ChatResponse read = DIALECT.readResponse(recording.response());
        assertThat(Said.inChat(read)).isEqualTo(Said.inJson(body)).isNotEmpty();
        assertThat(read.usage()).isEqualTo(outline.usage());
        assertThat(recording.kinds().contains("cache_write_usage")).isEqualTo(read.usage().cacheWriteTokens() > 0);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_written_says_the_same_and_is_read_the_same(Recording recording) {
        ChatResponse read = DIALECT.readResponse(recording.response());
        byte[] written = DIALECT.writeResponse(read);
        JsonObject before = JsonReader.readObject(recording.response());
        JsonObject after = JsonReader.readObject(written);
        assertThat(Said.inJson(after)).isEqualTo(Said.inJson(before));
        assertThat(after.text("status")).isEqualTo(before.text("status"));
        assertThat(usage(after.object("usage"))).isEqualTo(usage(before.object("usage")));
        assertThat(after.members().keySet()).containsAll(before.members().keySet().stream()
                .filter(name -> before.present(name) != null).toList());
        ChatResponse again = DIALECT.readResponse(written);
        assertThat(again.choices()).isEqualTo(read.choices());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_what_its_deltas_say_and_what_its_end_says(Recording recording) {
        List<JsonObject> events = events(recording);
        ChatResponse read = assembled(read(DIALECT, framed(recording)));
        assertThat(Said.inChat(read)).isEqualTo(Said.inEvents(events)).isNotEmpty();
        JsonObject end = events.get(events.size() - 1).object("response");
        if (!SHORTENED.contains(recording.id())) {
            assertThat(unsealed(Said.inChat(read))).isEqualTo(unsealed(Said.inJson(end)));
        }
        assertThat(read.usage()).isEqualTo(usage(end.object("usage")));
        assertThat(read.id()).isEqualTo(end.text("id"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_needs_no_deltas(Recording recording) {
        StringBuilder few = new StringBuilder();
        events(recording).stream().filter(event -> !event.text("type").contains("delta")).forEach(event -> few.append("data: ").append(event.raw().text().replace("\n", "")).append("\n\n"));
        StringBuilder last = new StringBuilder();
        events(recording).stream().filter(event -> event.text("type").equals("response.completed")).forEach(event -> last.append("data: ").append(event.raw().text()).append("\n\n"));
        List<String> whole = Said.inChat(assembled(read(DIALECT, framed(recording))));
        if (!SHORTENED.contains(recording.id())) {
            assertThat(Said.inChat(assembled(read(DIALECT, few.toString().getBytes(UTF_8))))).isEqualTo(whole);
            assertThat(unsealed(Said.inChat(assembled(read(DIALECT, last.toString().getBytes(UTF_8)))))).isEqualTo(unsealed(whole));
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_passes_and_is_counted(Recording recording) {
        EventWatch watch = DIALECT.watch(false);
        EventWatch.Verdict last = null;
        JsonObject end = events(recording).get(events(recording).size() - 1).object("response");
        for (ServerSentEvent event : RecordedEvents.of(framed(recording))) {
            assertThat(last).isNotEqualTo(EventWatch.Verdict.LAST);
            last = watch.see(event);
            assertThat(last).isNotEqualTo(EventWatch.Verdict.DROP);
        }
        assertThat(last).isEqualTo(EventWatch.Verdict.LAST);
        assertThat(watch.usage()).isEqualTo(usage(end.object("usage")));
        assertThat(watch.id()).isEqualTo(end.text("id"));
        assertThat(watch.responseModel()).isEqualTo(end.text("model"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_written_keeps_the_rules_and_says_the_same(Recording recording) {
        List<ChatChunk> chunks = read(DIALECT, framed(recording));
        byte[] written = write(chunks);
        List<JsonObject> events = Said.events(written);
        StreamRules.check(events);
        List<String> before = Said.inEvents(events(recording));
        assertThat(Said.inEvents(events)).isEqualTo(before);
        assertThat(Said.inJson(events.get(events.size() - 1).object("response"))).isEqualTo(before);
        assertThat(Said.inChat(assembled(read(DIALECT, written)))).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("streamsOfOthers")
    void a_stream_of_another_dialect_keeps_the_rules_and_loses_nothing(Recording recording) {
        Dialect other = recording.endpoint().equals("messages") ? new AnthropicDialect() : new OpenAiDialect();
        List<ChatChunk> chunks = new ArrayList<>();
        try {
            chunks.addAll(read(other, recording.response()));
        } catch (GatewayException brokenOff) {
            assertThat(recording.kinds()).contains("midstream_error");
            return;
        }
        byte[] written = write(chunks);
        StreamRules.check(Said.events(written));
        ChatResponse sent = assembled(chunks);
        ChatResponse got = assembled(read(DIALECT, written));
        assertThat(Told.of(got)).isEqualTo(Told.of(sent));
        assertThat(got.usage() == null).isEqualTo(sent.usage() == null);
        if (sent.usage() != null) {
            assertThat(got.usage().inputTokens()).isEqualTo(sent.usage().inputTokens());
            assertThat(got.usage().cacheReadTokens()).isEqualTo(sent.usage().cacheReadTokens());
            assertThat(got.usage().reasoningTokens()).isEqualTo(sent.usage().reasoningTokens());
            assertThat(got.usage().outputTokens()).isEqualTo(sent.usage().outputTokens());
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_cut_at_any_byte_is_read_the_same(Recording recording) {
        byte[] body = framed(recording);
        List<String> whole = Said.inChat(assembled(read(DIALECT, body)));
        Random random = new Random(7);
        for (int round = 0; round < 3; round++) {
            ChunkReader reader = DIALECT.chunkReader();
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            SseReader events = new SseReader(new Dripping(body, random));
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                reader.read(event).forEach(assembler::add);
            }
            assertThat(assembler.isEnded()).isTrue();
            assertThat(Said.inChat(assembler.response())).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_its_words(Recording recording) {
        ProviderError error = DIALECT.readError(recording.status(), recording.contentType(), recording.response());
        JsonObject body = JsonReader.readObject(recording.response());
        JsonObject inner = body.object("error") == null ? body : body.object("error");
        assertThat(error.status()).isEqualTo(recording.status());
        assertThat(error.message()).isEqualTo(inner.text("message") == null ? inner.text("error") : inner.text("message")).isNotEmpty();
        assertThat(error.code()).isEqualTo(inner.text("code"));
        assertThat(DIALECT.writeError(GatewayException.provider(error), null)).isEqualTo(recording.response());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_written_means_the_same(Recording recording) {
        ChatRequest read = DIALECT.readRequest(DIALECT.readOutline(recording.request()), Set.of());
        Losses losses = new Losses(true);
        byte[] written = DIALECT.writeRequest(read, losses);
        assertThat(RequestMeaning.of(written)).isEqualTo(RequestMeaning.of(recording.request()));
        assertThat(DIALECT.readRequest(DIALECT.readOutline(written), Set.of())).isEqualTo(read);
        assertThat(DIALECT.forward(DIALECT.readOutline(recording.request()), read.model(), Set.of()).toBytes()).isEqualTo(recording.request());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_goes_to_chat_and_to_claude(Recording recording) {
        ChatRequest read = DIALECT.readRequest(DIALECT.readOutline(recording.request()), Set.of());
        JsonObject chat = JsonReader.readObject(new OpenAiDialect().writeRequest(read, new Losses(false)));
        String text = chat.raw().text();
        assertThat(text).doesNotContain("item.").doesNotContain("input_text", "encrypted_content", "\"include\"", "previous_response_id", "function_call_output");
        assertThat(chat.items("messages")).isNotEmpty();
        ChatRequest again = new OpenAiDialect().readRequest(new OpenAiDialect().readOutline(text.getBytes(UTF_8)), Set.of());
        assertThat(Told.of(again.messages())).isEqualTo(Told.of(read.messages()));
        boolean hasBuiltIn = read.tools().offered().stream().anyMatch(tool -> tool.builtIn() != null);
        ChatRequest claude = read.withModel("claude-sonnet-4-5");
        String messages = new String(new AnthropicDialect().writeRequest(claude), UTF_8);
        assertThat(messages).doesNotContain("item.", "encrypted_content", "\"include\"", "previous_response_id", "\"store\"");
        assertThat(messages.contains("web_search_2025")).isEqualTo(hasBuiltIn);
    }

    private static List<ChatChunk> read(Dialect dialect, byte[] body) {
        ChunkReader reader = dialect.chunkReader();
        List<ChatChunk> read = new ArrayList<>();
        RecordedEvents.of(body).forEach(event -> read.addAll(reader.read(event)));
        return read;
    }

    private static byte[] write(List<ChatChunk> chunks) {
        ChunkWriter writer = DIALECT.chunkWriter(true);
        StringBuilder body = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            body.append(frame == null ? "" : frame.text());
        }
        return body.append(writer.end().text()).toString().getBytes(UTF_8);
    }

    private static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks.forEach(assembler::add);
        return assembler.response();
    }
}

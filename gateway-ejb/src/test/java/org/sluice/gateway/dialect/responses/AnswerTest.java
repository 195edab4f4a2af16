package org.sluice.gateway.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.usage.Usage;

class AnswerTest {
    private static final ResponsesDialect DIALECT = new ResponsesDialect(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
    private static final String[] WORDS = {"a", "data: x\n\n", "\"}", "é€😀", "\ud83d", "\r\n", "[DONE]", "{\"error\":{}}", " "};

    private static ChatResponse answer(FinishReason reason, Part... parts) {
        return new ChatResponse("msg_1", 0, "claude", List.of(new ChatResponse.Choice(0, new Message(Role.ASSISTANT, List.of(parts)), reason, Map.of())),
                new Usage(9, 5, 3, 1, 0, 2, 0, 0), Map.of());
    }

    private static RequestOutline asked(String body) {
        return DIALECT.readOutline(body.getBytes(UTF_8));
    }

    @Test
    void an_answer_from_elsewhere_is_a_whole_response() {
        ChatResponse answer = answer(FinishReason.TOOL_CALLS, new Part.Thinking("hm", "SIG"), new Part.Text("Hi"),
                new Part.ToolCall("t1", "f", "", Map.of("thought_signature", new RawJson("\"gemini:s\""))));
        JsonObject written = JsonReader.readObject(DIALECT.writeResponse(answer, asked("{\"model\":\"x\",\"input\":\"q\",\"instructions\":\"i\",\"metadata\":{\"k\":\"v\"},\"temperature\":0.2}")));
        String id = written.text("id").substring(5);
        assertThat(id).matches("gw[0-9a-f]{32}");
        assertThat(written.raw().text()).isEqualTo("{\"id\":\"resp_" + id + "\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"completed\",\"error\":null,"
                + "\"incomplete_details\":null,\"model\":\"claude\",\"output\":[{\"id\":\"rs_" + id + "00\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}],"
                + "\"encrypted_content\":\"anthropic:SIG\"},{\"id\":\"msg_" + id + "01\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
                + "\"annotations\":[],\"logprobs\":[],\"text\":\"Hi\"}]},{\"id\":\"fc_" + id + "02\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"t1__ts__Z2VtaW5pOnM\","
                + "\"name\":\"f\",\"arguments\":\"{}\"}],\"background\":false,\"instructions\":\"i\",\"max_output_tokens\":null,\"max_tool_calls\":null,\"metadata\":{\"k\":\"v\"},"
                + "\"parallel_tool_calls\":true,\"previous_response_id\":null,\"prompt_cache_key\":null,\"reasoning\":{\"effort\":null,\"summary\":null},\"safety_identifier\":null,"
                + "\"service_tier\":\"default\",\"store\":true,\"temperature\":0.2,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],\"top_logprobs\":0,"
                + "\"top_p\":1.0,\"truncation\":\"disabled\",\"user\":null,\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":1},"
                + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":14}}");
    }

    @Test
    void an_answer_that_was_cut_says_why() {
        for (FinishReason reason : FinishReason.values()) {
            JsonObject written = JsonReader.readObject(DIALECT.writeResponse(answer(reason, new Part.Refusal("No", Map.of()))));
            boolean isCut = reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTER || reason == FinishReason.REFUSAL;
            assertThat(written.text("status")).isEqualTo(isCut ? "incomplete" : "completed");
            assertThat(written.object("incomplete_details") == null ? null : written.object("incomplete_details").text("reason"))
                    .isEqualTo(reason == FinishReason.LENGTH ? "max_output_tokens" : isCut ? "content_filter" : null);
            assertThat(DIALECT.readResponse(written.raw().text().getBytes(UTF_8)).choices().get(0).finishReason())
                    .isEqualTo(reason == FinishReason.LENGTH ? reason : isCut ? FinishReason.CONTENT_FILTER : FinishReason.STOP);
        }
    }

    @Test
    void calls_of_a_custom_tool_are_told_as_such() {
        RequestOutline asked = asked("{\"model\":\"x\",\"input\":\"q\",\"tools\":[{\"type\":\"custom\",\"name\":\"patch\"}]}");
        Part.ToolCall call = new Part.ToolCall("t1", "patch", "{\"input\":\"*** a\"}");
        JsonObject item = (JsonObject) JsonReader.readObject(DIALECT.writeResponse(answer(FinishReason.TOOL_CALLS, call), asked)).items("output").get(0);
        assertThat(item.text("type")).isEqualTo("custom_tool_call");
        assertThat(item.text("input")).isEqualTo("*** a");
        String stream = written(DIALECT.chunkWriter(asked), List.of(new ChatChunk.Started("m", "m", 1, Map.of()), new ChatChunk.ToolCallStarted(0, 0, "t1", "patch", Map.of()),
                new ChatChunk.ArgumentsDelta(0, 0, "{\"input\":"), new ChatChunk.ArgumentsDelta(0, 0, "\"*** a\"}"), new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of())));
        StreamRules.check(Said.events(stream.getBytes(UTF_8)));
        assertThat(stream).contains("response.custom_tool_call_input.delta", "\"input\":\"*** a\"").doesNotContain("function_call");
        assertThat(assembled(stream).choices().get(0).message().parts().get(0)).isInstanceOfSatisfying(Part.ToolCall.class,
                read -> assertThat(read.arguments()).isEqualTo(call.arguments()));
    }

    @Test
    void citations_of_other_dialects_become_annotations() {
        RawJson anthropic = new RawJson("[{\"type\":\"web_search_result_location\",\"url\":\"https://a\",\"title\":\"A\",\"cited_text\":\"x\"},{\"type\":\"char_location\",\"cited_text\":\"y\"}]");
        JsonObject written = JsonReader.readObject(DIALECT.writeResponse(answer(FinishReason.STOP, new Part.Text("Hello", Map.of("citations", anthropic)))));
        assertThat(written.raw().text()).contains("\"annotations\":[{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":5,\"url\":\"https://a\",\"title\":\"A\"},{\"type\":\"document_citation\"");
        Message chat = new Message(Role.ASSISTANT, null, List.of(new Part.Text("Hello")),
                Map.of("annotations", new RawJson("[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":1,\"end_index\":2,\"url\":\"u\",\"title\":\"t\"}}]")));
        ChatResponse response = new ChatResponse("c", 1, "m", List.of(new ChatResponse.Choice(0, chat, FinishReason.STOP, Map.of("logprobs", new RawJson("{\"content\":[{\"token\":\"H\"}]}")))), null, Map.of());
        assertThat(new String(DIALECT.writeResponse(response), UTF_8)).contains("\"annotations\":[{\"type\":\"url_citation\",\"start_index\":1,\"end_index\":2,\"url\":\"u\",\"title\":\"t\"}]",
                "\"logprobs\":[{\"token\":\"H\"}]");
    }

    /** Fragments of several calls may come mixed, a thought may be silent, texts may stand side by side. */
    @Test
    void random_streams_keep_the_rules_and_are_read_as_they_were_written() {
        for (int seed = 0; seed < 2_000; seed++) {
            List<ChatChunk> chunks = randomStream(new Random(seed));
            String stream = written(DIALECT.chunkWriter(true), chunks);
            StreamRules.check(Said.events(stream.getBytes(UTF_8)));
            ChatResponseAssembler expected = new ChatResponseAssembler();
            chunks.forEach(expected::add);
            ChatResponse got = assembled(stream);
            assertThat(Told.of(got)).as("seed " + seed).isEqualTo(Told.of(expected.response()));
            JsonObject end = Said.events(stream.getBytes(UTF_8)).get(Said.events(stream.getBytes(UTF_8)).size() - 1).object("response");
            assertThat(Told.of(DIALECT.readResponse(end.raw().text().getBytes(UTF_8)))).as("seed " + seed).isEqualTo(Told.of(expected.response()));
            ChatResponse again = DIALECT.readResponse(DIALECT.writeResponse(got));
            assertThat(Told.of(again)).as("seed " + seed).isEqualTo(Told.of(got));
            if (got.choices().get(0).message().parts().stream().noneMatch(Part.Refusal.class::isInstance)) { // which tells no id in a stream
                assertThat(again.choices()).as("seed " + seed).isEqualTo(got.choices());
            }
        }
    }

    private static List<ChatChunk> randomStream(Random random) {
        List<ChatChunk> chunks = new ArrayList<>();
        chunks.add(new ChatChunk.Started("msg_1", "m", 9, Map.of()));
        int parts = random.nextInt(6);
        List<Integer> calls = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int kind = random.nextInt(5);
            int size = 1 + random.nextInt(3);
            for (int i = 0; i < size; i++) {
                String word = WORDS[random.nextInt(WORDS.length)];
                switch (kind) {
                    case 0 -> chunks.add(new ChatChunk.TextDelta(0, part, word));
                    case 1 -> chunks.add(new ChatChunk.RefusalDelta(0, part, word));
                    case 2 -> chunks.add(new ChatChunk.ThinkingDelta(0, part, word));
                    case 3 -> chunks.add(i == 0 ? new ChatChunk.ToolCallStarted(0, part, "id" + part, "f", Map.of())
                            : new ChatChunk.ArgumentsDelta(0, calls.isEmpty() ? part : calls.get(random.nextInt(calls.size())), word));
                    default -> chunks.add(i == 0 ? new ChatChunk.RedactedThinking(0, part, "data") : new ChatChunk.PartEnded(0, part));
                }
                if (kind == 3 && i == 0) {
                    calls.add(part);
                }
            }
            if (kind == 2) {
                chunks.add(new ChatChunk.ThinkingSignature(0, part, "sig" + part));
            }
            if (kind < 3 && random.nextBoolean()) {
                chunks.add(new ChatChunk.PartEnded(0, part));
            }
        }
        chunks.add(new ChatChunk.Finished(0, calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS, Map.of()));
        chunks.add(new ChatChunk.Counted(Usage.of(5, 7)));
        return chunks;
    }

    private static String written(ChunkWriter writer, List<ChatChunk> chunks) {
        StringBuilder body = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            body.append(frame == null ? "" : frame.text());
        }
        return body.append(writer.end().text()).toString();
    }

    private static ChatResponse assembled(String stream) {
        ChunkReader reader = DIALECT.chunkReader();
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        RecordedEvents.of(stream.getBytes(UTF_8)).forEach(event -> reader.read(event).forEach(assembler::add));
        assertThat(assembler.isEnded()).isTrue();
        return assembler.response();
    }

    private static ServerSentEvent event(String data) {
        return new ServerSentEvent(null, Slice.utf8(data), Slice.utf8("data: " + data + "\n\n"), true);
    }

    @Test
    void a_failure_in_a_stream_is_the_providers_own() {
        for (String data : List.of("{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down sk-abcdefghijkl\",\"param\":null,\"sequence_number\":3}",
                "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down sk-abcdefghijkl\"}}",
                "{\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down sk-abcdefghijkl\"}}}")) {
            GatewayException failure = catchThrowableOfType(GatewayException.class, () -> DIALECT.chunkReader().read(event(data)));
            assertThat(failure.status()).isEqualTo(429);
            assertThat(failure.getMessage()).isEqualTo("Slow down ***");
            assertThat(DIALECT.watch(true).see(event(data))).isEqualTo(org.sluice.gateway.dialect.EventWatch.Verdict.ERROR);
            assertThat(DIALECT.writeErrorEvent(failure, "id").text()).startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down ***\"").endsWith("\n\n");
        }
        GatewayException noJson = catchThrowableOfType(GatewayException.class, () -> DIALECT.chunkReader().read(event("{")));
        assertThat(noJson.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        assertThat(DIALECT.chunkReader().read(event("[DONE]"))).isEmpty();
        assertThat(DIALECT.chunkReader().read(event("{\"type\":\"response.something_new\",\"output_index\":4}"))).isEmpty();
    }

    @Test
    void a_body_that_is_no_answer_is_told_apart_from_an_error() {
        assertThat(DIALECT.readResponseOutline("{\"error\":{\"message\":\"no\"}}".getBytes(UTF_8)).isError()).isTrue();
        assertThat(DIALECT.readResponseOutline("{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"x\"},\"output\":[]}".getBytes(UTF_8)).isError()).isTrue();
        for (String body : List.of("[]", "{}", "nothing", "{\"id\":\"x\"}")) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> DIALECT.readResponseOutline(body.getBytes(UTF_8))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
            assertThat(catchThrowableOfType(GatewayException.class, () -> DIALECT.readResponse(body.getBytes(UTF_8))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        }
    }

    @Test
    void an_error_of_the_gateway_has_openais_form() {
        String written = new String(DIALECT.writeError(GatewayException.of(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND, "previous_response_id", "Gone."), "id"), UTF_8);
        assertThat(written).isEqualTo("{\"error\":{\"message\":\"Gone.\",\"type\":\"invalid_request_error\",\"param\":\"previous_response_id\",\"code\":\"previous_response_not_found\"},\"detail\":\"Gone.\"}");
    }
}

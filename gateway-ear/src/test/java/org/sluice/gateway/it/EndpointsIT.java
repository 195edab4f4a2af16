package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Everything that is no chat, from the client to the provider and back, and what its row says. */
class EndpointsIT {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static EndpointUpstream upstream;
    private static ServerUnderTest server;
    private static LogRows rows;

    @BeforeAll
    static void start() throws Exception {
        upstream = new EndpointUpstream();
        server = ServerUnderTest.named("endpoints");
        for (String provider : new String[] {"OPENAI", "ANTHROPIC", "VOYAGEAI", "JINA_AI", "OPENROUTER", "MISTRAL", "TOGETHERAI", "GROQ", "COHERE", "GEMINI"}) {
            server.with(provider + "_API_KEY", "sk-" + provider.toLowerCase(java.util.Locale.ROOT) + "-secret").with(provider + "_BASE_URL", upstream.url() + (provider.equals("GEMINI") ? "/v1beta" : "/v1"));
        }
        server.start();
        rows = new LogRows(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    private static HttpRequest.Builder to(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).header("Authorization", "Bearer " + ServerUnderTest.key());
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(String path, String json, String... headers) throws Exception {
        return send(to(path, headers).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonObject row(HttpResponse<?> answer) {
        return rows.row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
    }

    private static JsonObject json(HttpResponse<byte[]> answer) {
        return JsonReader.readObject(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static RecordedExchange recorded(String id) {
        return RecordedExchange.all().filter(exchange -> exchange.id().equals(id)).findFirst().orElseThrow();
    }

    // ---- embeddings

    @ParameterizedTest
    @ValueSource(strings = {"openai-embeddings-001-plain", "openai-embeddings-004-plain", "openrouter-embeddings-001-plain"})
    void recorded_embeddings_pass_byte_by_byte_and_are_counted(String id) throws Exception {
        RecordedExchange exchange = recorded(id);
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, exchange.status(), exchange.contentType(), exchange.response()));
        String request = new String(exchange.request(), UTF_8);
        String asked = exchange.provider().equals("openrouter") ? request.replace("\"openai/", "\"openrouter/openai/") : request;
        HttpResponse<byte[]> answer = post("/api/embeddings", asked.replaceFirst("\\{", "{\"customer_identifier\":\"u1\","));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(exchange.response());
        assertThat(upstream.last().target()).isEqualTo("/v1/embeddings");
        assertThat(JsonReader.read(upstream.last().body())).isEqualTo(JsonReader.read(upstream.last().body()));
        assertThat(upstream.last().text()).isEqualTo(request);
        assertThat(upstream.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-" + exchange.provider() + "-secret");
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("embedding");
        assertThat(row.text("status")).isEqualTo("success");
        assertThat(row.text("customer_identifier")).isEqualTo("u1");
        assertThat(row.number("prompt_tokens", -1)).isEqualTo(JsonReader.readObject(exchange.response()).object("usage").number("prompt_tokens", -2));
        if (exchange.provider().equals("openai")) {
            assertThat(row.get("cost").raw().text()).matches("0\\.0*[1-9][0-9]*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/embeddings/", "/api/v1/embeddings", "/api/v1/embeddings/"})
    void the_path_has_aliases(String path) throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"));
        assertThat(post(path, "{\"model\":\"text-embedding-3-small\",\"input\":\"x\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void voyage_is_asked_in_its_words_and_base64_is_made_here() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"object\":\"list\",\"data\":["
                + "{\"object\":\"embedding\",\"embedding\":[0.25,-1.5],\"index\":1},{\"object\":\"embedding\",\"embedding\":[1e-1,2],\"index\":0}],"
                + "\"model\":\"voyage-3.5\",\"usage\":{\"total_tokens\":7}}"));
        HttpResponse<byte[]> answer = post("/api/embeddings", "{\"model\":\"voyage-3.5\",\"input\":[\"a\",\"b\"],\"dimensions\":256,\"encoding_format\":\"base64\","
                + "\"input_type\":\"search_query\",\"metadata\":{\"a\":\"b\"}}");
        assertThat(upstream.last().text()).isEqualTo("{\"model\":\"voyage-3.5\",\"input\":[\"a\",\"b\"],\"output_dimension\":256,\"input_type\":\"query\"}");
        JsonObject first = (JsonObject) json(answer).items("data").get(0);
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(first.text("embedding"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new float[] {floats.getFloat(), floats.getFloat()}).containsExactly(0.1f, 2f);
        assertThat(json(answer).object("usage").number("prompt_tokens", 0)).isEqualTo(7);
        assertThat(row(answer).get("cost").raw().text()).isEqualTo("0.00000042");
        assertThat(post("/api/embeddings", "{\"model\":\"voyage-3.5\",\"input\":[[1,2],[3]]}").statusCode()).isEqualTo(400);
    }

    @Test
    void a_recorded_answer_of_cohere_comes_in_openais_shape() throws Exception {
        RecordedExchange exchange = recorded("cohere-embeddings-002-plain");
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "application/json", exchange.response()));
        JsonObject sent = JsonReader.readObject(exchange.request());
        HttpResponse<byte[]> answer = post("/api/embeddings", "{\"model\":\"cohere/embed-english-light-v3.0\",\"input\":" + sent.get("texts").raw().text() + "}");
        assertThat(upstream.last().target()).isEqualTo("/v2/embed");
        assertThat(JsonReader.readObject(upstream.last().body()).items("texts")).isEqualTo(sent.items("texts"));
        JsonObject vectors = JsonReader.readObject(exchange.response()).object("embeddings");
        assertThat(json(answer).items("data")).hasSize(vectors.items("float").size());
        for (int i = 0; i < vectors.items("float").size(); i++) {
            assertThat(((JsonObject) json(answer).items("data").get(i)).get("embedding").raw()).isEqualTo(vectors.items("float").get(i).raw());
        }
        assertThat(row(answer).number("prompt_tokens", 0)).isEqualTo(208);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/google/gemini/v1beta/models/gemini-embedding-2:batchEmbedContents", "/api/google/gemini/v1beta/models/gemini/gemini-embedding-2:batchEmbedContents"})
    void recorded_embeddings_of_gemini_pass_at_its_own_door(String path) throws Exception {
        RecordedExchange exchange = recorded("gemini-embeddings-001-vision");
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "application/json", exchange.response()));
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).header("x-goog-api-key", ServerUnderTest.key())
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(exchange.request())));
        assertThat(answer.body()).isEqualTo(exchange.response());
        assertThat(upstream.last().target()).isEqualTo("/v1beta/models/gemini-embedding-2:batchEmbedContents");
        assertThat(upstream.last().body()).isEqualTo(exchange.request());
        assertThat(upstream.last().headers().getFirst("x-goog-api-key")).isEqualTo("sk-gemini-secret");
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("embedding");
        assertThat(row.text("model")).isEqualTo("gemini-embedding-2");
        assertThat(row.number("prompt_tokens", 0)).isEqualTo(261);
    }

    @Test
    void gemini_embeds_for_clients_of_openai() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"embeddings\":[{\"values\":[0.5]},{\"values\":[1]}]}"));
        HttpResponse<byte[]> answer = post("/api/embeddings", "{\"model\":\"gemini-embedding-001\",\"input\":[\"a\",\"b\"]}");
        assertThat(upstream.last().target()).isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
        assertThat(text(answer)).contains("{\"object\":\"embedding\",\"index\":1,\"embedding\":[1]}");
    }

    /** The official Java client, which reads what it gets strictly. */
    @Test
    void the_official_client_embeds_moderates_speaks_and_transcribes() throws Exception {
        com.openai.client.OpenAIClient client = com.openai.client.okhttp.OpenAIOkHttpClient.builder().baseUrl(server.baseUrl() + "/api")
                .apiKey(ServerUnderTest.key()).maxRetries(0).build();
        RecordedExchange embedding = recorded("openai-embeddings-001-plain");
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "application/json", embedding.response()));
        assertThat(client.embeddings().create(com.openai.models.embeddings.EmbeddingCreateParams.builder().model("text-embedding-3-large").input("Test embedding").build())
                .data().get(0).embedding()).hasSize(3072);
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"object\":\"list\",\"data\":[{\"embedding\":[0.5,1],\"index\":0}],\"usage\":{\"total_tokens\":2}}"));
        assertThat(client.embeddings().create(com.openai.models.embeddings.EmbeddingCreateParams.builder().model("voyage-3.5").input("a").build())
                .data().get(0).embedding()).containsExactly(0.5f, 1f);
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"id\":\"modr-2\",\"model\":\"omni-moderation-latest\",\"results\":[]}"));
        assertThat(client.moderations().create(com.openai.models.moderations.ModerationCreateParams.builder().input("x").build()).id()).isEqualTo("modr-2");
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "audio/mpeg", new byte[] {1, 2, 3}));
        try (com.openai.core.http.HttpResponse speech = client.audio().speech().create(com.openai.models.audio.speech.SpeechCreateParams.builder()
                .model("tts-1").input("Hi").voice("alloy").build())) {
            assertThat(speech.body().readAllBytes()).containsExactly(1, 2, 3);
        }
        transcribes();
        assertThat(client.audio().transcriptions().create(com.openai.models.audio.transcriptions.TranscriptionCreateParams.builder()
                .model("openai/gpt-4o-transcribe").file("sound".getBytes(UTF_8)).build()).transcription().orElseThrow().text()).isEqualTo("hello");
        assertThat(upstream.last().text()).contains("sound").contains("\r\n\r\ngpt-4o-transcribe\r\n");
        client.close();
    }

    @Test
    void a_provider_that_fails_is_told_in_openais_shape_and_logged() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 429, "{\"detail\":\"slow down, sk-jina_ai-secret\"}"));
        HttpResponse<byte[]> answer = post("/api/embeddings", "{\"model\":\"jina-embeddings-v3\",\"input\":\"a\"}");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(text(answer)).contains("slow down").doesNotContain("sk-jina_ai-secret");
        assertThat(row(answer).number("status_code", 0)).isEqualTo(429);
        HttpResponse<byte[]> none = post("/api/embeddings", "{\"model\":\"anthropic/claude-x\",\"input\":\"a\"}");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(json(none).object("error").text("message")).contains("anthropic");
        assertThat(post("/api/chat/completions", "{\"model\":\"voyage-3.5\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}").statusCode()).isEqualTo(404);
    }

    // ---- rerank, moderations, legacy completions

    @Test
    void a_rerank_has_coheres_shape_whoever_answers() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"object\":\"list\",\"data\":[{\"relevance_score\":0.1,\"index\":0},"
                + "{\"relevance_score\":0.9,\"index\":1}],\"model\":\"rerank-2.5\",\"usage\":{\"total_tokens\":26}}"));
        HttpResponse<byte[]> answer = post("/api/rerank", "{\"model\":\"voyageai/rerank-2.5\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"}],\"top_n\":2,\"return_documents\":true}");
        assertThat(upstream.last().target()).isEqualTo("/v1/rerank");
        assertThat(upstream.last().text()).isEqualTo("{\"model\":\"rerank-2.5\",\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_k\":2}");
        assertThat(text(answer)).contains("\"results\":[{\"index\":1,\"relevance_score\":0.9,\"document\":{\"text\":\"b\"}},{\"index\":0,\"relevance_score\":0.1,\"document\":{\"text\":\"a\"}}]");
        assertThat(row(answer).text("log_type")).isEqualTo("rerank");
        assertThat(row(answer).number("prompt_tokens", 0)).isEqualTo(26);
    }

    @Test
    void a_moderation_needs_no_model() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":false}]}"));
        HttpResponse<byte[]> answer = post("/api/v1/moderations", "{\"input\":\"x\"}");
        assertThat(upstream.last().text()).isEqualTo("{\"input\":\"x\",\"model\":\"omni-moderation-latest\"}");
        assertThat(json(answer).text("id")).isEqualTo("modr-1");
        assertThat(row(answer).text("log_type")).isEqualTo("moderation");
        assertThat(row(answer).get("cost").raw().text()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-completions-002-n2", "together-completions-001-plain"})
    void recorded_legacy_completions_pass(String id) throws Exception {
        RecordedExchange exchange = recorded(id);
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, exchange.contentType(), exchange.response()));
        String request = new String(exchange.request(), UTF_8);
        HttpResponse<byte[]> answer = post("/api/completions", request, "X-Respan-Route-Provider", exchange.provider().equals("openai") ? "openai" : "togetherai");
        assertThat(answer.body()).isEqualTo(exchange.response());
        assertThat(upstream.last().target()).isEqualTo("/v1/completions");
        assertThat(upstream.last().text()).isEqualTo(request);
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("completion");
        assertThat(row.number("completion_tokens", 0)).isEqualTo(JsonReader.readObject(exchange.response()).object("usage").number("completion_tokens", -1));
    }

    @Test
    void a_legacy_completion_streams_and_is_counted() throws Exception {
        String events = "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\"Hel\",\"index\":0,\"finish_reason\":null}],\"model\":\"gpt-3.5-turbo-instruct\"}\n\n"
                + "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\"lo\",\"index\":0,\"finish_reason\":\"stop\"}],\"model\":\"gpt-3.5-turbo-instruct\"}\n\n"
                + "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\ndata: [DONE]\n\n";
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "text/event-stream", events.getBytes(UTF_8)));
        HttpResponse<byte[]> answer = post("/api/completions", "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Say hello\",\"stream\":true}");
        assertThat(text(answer)).contains("\"text\":\"Hel\"").endsWith("data: [DONE]\n\n").doesNotContain("\"usage\"");
        assertThat(upstream.last().text()).contains("\"stream_options\":{\"include_usage\":true}").contains("\"prompt\":\"Say hello\"");
        JsonObject row = row(answer);
        assertThat(row.number("prompt_tokens", 0)).isEqualTo(3);
        assertThat(row.text("input")).isEqualTo("\"Say hello\"");
    }

    // ---- images and audio

    @Test
    void speech_is_relayed_while_it_comes_and_only_its_size_is_logged() throws Exception {
        byte[] audio = new byte[300_000];
        new Random(1).nextBytes(audio);
        CountDownLatch heard = new CountDownLatch(1);
        upstream.answerWith((http, body) -> {
            http.getResponseHeaders().set("Content-Type", "audio/mpeg");
            http.sendResponseHeaders(200, 0);
            http.getResponseBody().write(audio, 0, 1000);
            http.getResponseBody().flush();
            if (!heard.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the first bytes were held back");
            }
            http.getResponseBody().write(audio, 1000, audio.length - 1000);
        });
        HttpResponse<InputStream> answer = HTTP.send(to("/api/audio/speech", "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"tts-1\",\"input\":\"Hi\",\"voice\":\"alloy\"}")).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains("audio/mpeg");
        byte[] first = answer.body().readNBytes(1000);
        heard.countDown();
        byte[] rest = answer.body().readAllBytes();
        assertThat(first).isEqualTo(java.util.Arrays.copyOf(audio, 1000));
        assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(audio, 1000, audio.length));
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("speech");
        assertThat(row.get("full_response").raw().text()).isEqualTo("{\"content_type\":\"audio/mpeg\",\"bytes\":300000}");
        assertThat(row.text("input")).isEqualTo("\"Hi\"");
        assertThat(new java.math.BigDecimal(row.get("cost").raw().text())).as("two characters at 15 USD a million").isEqualByComparingTo("0.00003");
    }

    private static byte[] form(String boundary, Object... namesAndValues) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            boolean isFile = namesAndValues[i + 1] instanceof byte[];
            out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + namesAndValues[i] + "\""
                    + (isFile ? "; filename=\"a.wav\"\r\nContent-Type: audio/wav" : "") + "\r\n\r\n").getBytes(UTF_8));
            out.writeBytes(isFile ? (byte[]) namesAndValues[i + 1] : namesAndValues[i + 1].toString().getBytes(UTF_8));
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return out.toByteArray();
    }

    private static void transcribes() {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"text\":\"hello\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
                + "\"input_token_details\":{\"text_tokens\":10,\"audio_tokens\":4},\"output_tokens\":101,\"total_tokens\":115}}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_recording_is_transcribed_with_the_file_in_front_or_behind(boolean isFileFirst) throws Exception {
        byte[] audio = new byte[700_000];
        new Random(2).nextBytes(audio);
        transcribes();
        byte[] form = isFileFirst ? form("b-1", "file", audio, "model", "openai/gpt-4o-transcribe", "language", "de", "customer_identifier", "u2")
                : form("b-1", "model", "openai/gpt-4o-transcribe", "customer_identifier", "u2", "language", "de", "file", audio);
        HttpResponse<byte[]> answer = send(to(isFileFirst ? "/api/audio/transcriptions" : "/api/v1/audio/transcription", "Content-Type", "multipart/form-data; boundary=b-1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form)));
        assertThat(text(answer)).contains("hello");
        byte[] expected = isFileFirst ? form("b-1", "file", audio, "model", "gpt-4o-transcribe", "language", "de")
                : form("b-1", "model", "gpt-4o-transcribe", "language", "de", "file", audio);
        assertThat(upstream.last().target()).isEqualTo("/v1/audio/transcriptions");
        assertThat(upstream.last().body()).isEqualTo(expected);
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("transcription");
        assertThat(row.text("model")).isEqualTo("gpt-4o-transcribe");
        assertThat(row.number("audio_prompt_tokens", 0)).isEqualTo(4);
        assertThat(row.get("full_request").raw().text()).contains("\"language\":\"de\"").contains("\"upload_bytes\":" + expected.length);
        if (!isFileFirst) {
            assertThat(row.text("customer_identifier")).isEqualTo("u2");
        }
    }

    @Test
    void the_first_bytes_of_a_recording_reach_the_provider_before_the_last_were_sent() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"text\":\"ok\"}"), (all, length) -> {
            if (new String(all, 0, Math.min(length, 4096), ISO_8859_1).contains("first-of-the-sound")) {
                arrived.countDown();
            }
        });
        byte[] form = form("b2", "model", "whisper-1", "file", ("first-of-the-sound" + "x".repeat(100_000) + "last-of-the-sound").getBytes(UTF_8));
        int cut = form.length - 1000;
        URI base = URI.create(server.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/audio/transcriptions HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer " + ServerUnderTest.key()
                    + "\r\nContent-Type: multipart/form-data; boundary=b2\r\nContent-Length: " + form.length + "\r\n\r\n").getBytes(ISO_8859_1));
            out.write(form, 0, cut);
            out.flush();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).as("the provider sees the beginning while the end is not sent").isTrue();
            out.write(form, cut, 1000);
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200").contains("{\"text\":\"ok\"}");
        }
        assertThat(upstream.last().body()).isEqualTo(form);
    }

    @Test
    void an_image_is_edited_and_a_form_without_a_model_gets_one() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":9,\"total_tokens\":14}}"));
        HttpResponse<byte[]> answer = send(to("/api/images/edits", "Content-Type", "multipart/form-data; boundary=b3")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form("b3", "image", new byte[500], "prompt", "a cat"))));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(upstream.last().body()).isEqualTo(form("b3", "image", new byte[500], "prompt", "a cat", "model", "gpt-image-1"));
        assertThat(row(answer).text("log_type")).isEqualTo("image");
        assertThat(row(answer).text("input")).isEqualTo("\"a cat\"");
        HttpResponse<byte[]> made = post("/api/images/generations", "{\"model\":\"gpt-image-1\",\"prompt\":\"a dog\"}");
        assertThat(upstream.last().target()).isEqualTo("/v1/images/generations");
        assertThat(upstream.last().text()).contains("\"prompt\":\"a dog\"");
        assertThat(row(made).number("completion_tokens", 0)).isEqualTo(9);
    }

    @Test
    void a_broken_form_is_refused_and_logged() throws Exception {
        for (String type : new String[] {"application/json", "multipart/form-data", "multipart/form-data; boundary=b"}) {
            HttpResponse<byte[]> answer = send(to("/api/audio/transcriptions", "Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("--b\r\nnothing")));
            assertThat(answer.statusCode()).as(type).isBetween(400, 415);
            assertThat(json(answer).object("error").text("message")).isNotBlank();
            assertThat(row(answer).text("status")).isEqualTo("error");
        }
    }

    // ---- files, batches, passthrough

    @Test
    void files_and_batches_go_to_the_callers_provider() throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{\"id\":\"file-1\",\"object\":\"file\"}"));
        byte[] form = form("b4", "purpose", "batch", "file", "{}\n".repeat(50_000).getBytes(UTF_8));
        HttpResponse<byte[]> made = send(to("/api/files", "Content-Type", "multipart/form-data; boundary=b4").POST(HttpRequest.BodyPublishers.ofByteArray(form)));
        assertThat(text(made)).contains("file-1");
        assertThat(upstream.last().body()).isEqualTo(form);
        assertThat(upstream.last().headers().getFirst("Content-Length")).isEqualTo(Integer.toString(form.length));
        assertThat(row(made).text("log_type")).isEqualTo("file");
        assertThat(send(to("/api/v1/files/file-1/content?x=1").GET()).statusCode()).isEqualTo(200);
        assertThat(upstream.last().method() + upstream.last().target()).isEqualTo("GET/v1/files/file-1/content?x=1");
        send(to("/api/files/file-1/", "X-Respan-Route-Provider", "groq").DELETE());
        assertThat(upstream.last().method() + upstream.last().target()).isEqualTo("DELETE/v1/files/file-1");
        assertThat(upstream.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-groq-secret");
        String batch = "{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":{\"a\":\"b\"}}";
        HttpResponse<byte[]> started = post("/api/v1/batches", batch, "X-Data-Respan-Params", "{\"customer_identifier\":\"u3\"}");
        assertThat(upstream.last().text()).isEqualTo(batch);
        assertThat(row(started).text("log_type")).isEqualTo("batch");
        assertThat(row(started).text("customer_identifier")).isEqualTo("u3");
        send(to("/api/v1/batches/b-1/cancel").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(upstream.last().method() + upstream.last().target()).isEqualTo("POST/v1/batches/b-1/cancel");
    }

    @Test
    void anything_passes_through_with_the_stored_key_and_nothing_of_ours() throws Exception {
        upstream.answerWith((http, body) -> {
            http.getResponseHeaders().set("X-Provider", "yes");
            http.getResponseHeaders().set("Set-Cookie", "a=b");
            EndpointUpstream.json(http, 201, "{\"id\":\"m\",\"model\":\"claude-sonnet-4-5\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}");
        });
        String body = "{ \"model\" : \"claude-sonnet-4-5\", \"metadata\":{\"user_id\":\"u\"} }";
        HttpResponse<byte[]> answer = post("/api/passthrough/anthropic/v1/messages?beta=true&key=" + ServerUnderTest.key(), body,
                "anthropic-beta", "x-1", "X-Respan-Strict", "false", "Cookie", "c=d");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Provider")).contains("yes");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        EndpointUpstream.Received received = upstream.last();
        assertThat(received.target()).isEqualTo("/v1/messages?beta=true");
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.headers().getFirst("x-api-key")).isEqualTo("sk-anthropic-secret");
        assertThat(received.headers().getFirst("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(received.headers().getFirst("anthropic-beta")).isEqualTo("x-1");
        assertThat(received.headers()).doesNotContainKeys("Authorization", "Cookie", "X-respan-strict");
        assertThat(received.headers().toString()).doesNotContain(ServerUnderTest.key());
        JsonObject row = row(answer);
        assertThat(row.text("log_type")).isEqualTo("custom");
        assertThat(row.number("prompt_tokens", 0)).isEqualTo(10);
        assertThat(row.get("cost").raw().text()).isEqualTo("0.000105");
        assertThat(row.get("full_request").raw().text()).isEqualTo(body);
    }

    @Test
    void get_delete_events_and_refusals_pass_through() throws Exception {
        upstream.answerWith((http, body) -> http.sendResponseHeaders(204, -1));
        HttpResponse<byte[]> deleted = send(to("/api/passthrough/openai/assistants/a%20b").DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(upstream.last().method() + upstream.last().target()).isEqualTo("DELETE/v1/assistants/a%20b");
        assertThat(upstream.last().headers()).doesNotContainKeys("Content-length", "Transfer-encoding");
        assertThat(row(deleted).text("status")).isEqualTo("success");
        upstream.answerWith((http, body) -> {
            http.getResponseHeaders().set("Content-Type", "application/json");
            http.sendResponseHeaders(200, -1);
        });
        HttpResponse<byte[]> head = send(to("/api/passthrough/openai/models").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(upstream.last().method() + upstream.last().target()).isEqualTo("HEAD/v1/models");
        String events = "event: a\ndata: {\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n";
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "text/event-stream", events.getBytes(UTF_8)));
        HttpResponse<byte[]> streamed = send(to("/api/passthrough/openai/v1/threads/runs?stream=1").GET());
        assertThat(text(streamed)).isEqualTo(events);
        assertThat(streamed.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(row(streamed).number("completion_tokens", 0)).isEqualTo(4);
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 418, "text/plain", "no tea for sk-openai-secret".getBytes(UTF_8)));
        HttpResponse<byte[]> refused = send(to("/api/passthrough/openai/tea").GET());
        assertThat(refused.statusCode()).isEqualTo(418);
        assertThat(text(refused)).isEqualTo("no tea for ***");
        assertThat(row(refused).number("status_code", 0)).isEqualTo(418);
    }

    @Test
    void what_is_not_json_streams_through_both_ways() throws Exception {
        byte[] bytes = new byte[2_000_000];
        new Random(3).nextBytes(bytes);
        upstream.answerWith((http, body) -> EndpointUpstream.bytes(http, 200, "application/octet-stream", body));
        HttpResponse<byte[]> answer = send(to("/api/passthrough/mistral/ocr", "Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(upstream.last().method()).isEqualTo("PUT");
        assertThat(row(answer).get("full_response").raw().text()).contains("\"bytes\":2000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/passthrough/nobody/v1/models", "/api/passthrough/demo/v1/models", "/api/passthrough/openai/%2e%2e/secret",
        "/api/passthrough/openai/a%2f..%2fb", "/api/passthrough/openai//evil.example/x", "/api/passthrough/openai/a%5cb", "/api/passthrough/openai/x%00"})
    void only_known_providers_and_plain_paths_pass(String path) throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{}"));
        HttpResponse<byte[]> answer = send(to(path).GET());
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(upstream.last()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/embeddings", "/api/files/x", "/api/passthrough/openai/v1/models", "/api/audio/speech"})
    void nobody_passes_without_a_key(String path) throws Exception {
        upstream.answerWith((http, body) -> EndpointUpstream.json(http, 200, "{}"));
        boolean isPost = path.endsWith("embeddings") || path.endsWith("speech");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).header("Content-Type", "application/json");
        HttpResponse<byte[]> answer = send(isPost ? request.POST(HttpRequest.BodyPublishers.ofString("{}")) : request.GET());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(upstream.last()).isNull();
    }

    @Test
    void a_client_that_leaves_cuts_the_relay() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        upstream.answerWith((http, body) -> {
            http.getResponseHeaders().set("Content-Type", "audio/mpeg");
            http.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    http.getResponseBody().write(new byte[50_000]);
                    http.getResponseBody().flush();
                }
            } catch (java.io.IOException gone) {
                cut.countDown();
            }
        });
        String id;
        URI base = URI.create(server.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String json = "{\"model\":\"tts-1\",\"input\":\"Hi\"}";
            socket.getOutputStream().write(("POST /api/audio/speech HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer " + ServerUnderTest.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json).getBytes(ISO_8859_1));
            byte[] head = socket.getInputStream().readNBytes(2_000);
            id = new String(head, ISO_8859_1).replaceAll("(?si).*x-respan-log-id: ([0-9a-f-]+).*", "$1");
            socket.setSoLinger(true, 0);
        }
        assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(rows.row(id).number("status_code", 0)).isEqualTo(499);
    }
}

package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class FormUploadTest {
    private static final Set<String> OURS = Set.of("customer_identifier", "metadata", "disable_log", "timeout");
    private static final String FIELD = "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
    private static final String FILE = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n%s\r\n";
    private static final String END = "--B--\r\n";

    /** Hands out at most so many bytes at once. */
    private static InputStream cut(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, most));
            }
        };
    }

    private static String field(String name, String value) {
        return FIELD.formatted(name, value);
    }

    private static String file(String content) {
        return FILE.formatted(content);
    }

    private static FormReader open(InputStream body, long mostSpooled) throws IOException {
        FormReader form = new FormReader(body, "B", mostSpooled);
        form.readHead();
        return form;
    }

    private static String pass(String body, int piece) throws IOException {
        try (FormReader form = open(cut(body, piece), 1_000_000)) {
            return new String(new FormUpload(form, "B", "upstream", OURS).readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void a_form_passes_with_the_model_renamed_and_our_fields_left_out_however_it_is_cut() throws IOException {
        String tricky = "\r\n--A\r\n--\r\n\r\r\n--BB is content? no\r-\n--B\r\n-";
        String sound = tricky.replace("\r\n--B", "\r\n--b");
        String body = field("model", "openai/whisper-1") + field("customer_identifier", "u") + field("prompt", "two\r\nlines") + file(sound)
                + field("metadata", "{}") + field("language", "de") + file("") + END;
        String expected = field("model", "upstream") + field("prompt", "two\r\nlines") + file(sound) + field("language", "de") + file("") + END;
        for (int piece = 1; piece < 200; piece++) {
            assertThat(pass(body, piece)).as("pieces of " + piece).isEqualTo(expected);
        }
        assertThat(pass("preamble\r\n" + body + "epilogue", 7)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    void a_file_in_front_of_the_model_waits_and_passes(int size) throws IOException {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        String sound = new String(noise, ISO_8859_1);
        try (FormReader form = open(cut(file(sound) + field("timeout", "7") + field("model", "m") + field("language", "de") + END, 5000), 1_000_000)) {
            assertThat(form.isWhole()).isTrue();
            assertThat(form.held().get(0).file().isInFile()).isEqualTo(size > 256 * 1024);
            assertThat(new String(new FormUpload(form, "B", "upstream", OURS).readAllBytes(), ISO_8859_1))
                    .isEqualTo(file(sound) + field("model", "upstream") + field("language", "de") + END);
            RequestOutline outline = form.outline(OURS, "");
            assertThat(outline.model()).isEqualTo("m");
            assertThat(new String(outline.body(), UTF_8)).isEqualTo("{\"file\":{\"bytes\":" + size + "},\"timeout\":7,\"model\":\"m\",\"language\":\"de\"}");
        }
    }

    @Test
    void a_file_in_front_of_the_model_that_is_too_large_is_refused_and_told_why() {
        assertThatThrownBy(() -> open(cut(file("x".repeat(2000)) + field("model", "m") + END, 100), 1000))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TOO_LARGE)).hasMessageContaining("model");
    }

    @Test
    void what_follows_the_model_is_not_read_before_it_is_asked_for() throws IOException {
        String front = field("model", "m") + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nfirst bytes of the sound";
        InputStream source = new ByteArrayInputStream(front.getBytes(ISO_8859_1)) {
            @Override
            public int read(byte[] target, int from, int length) {
                int read = super.read(target, from, length);
                if (read < 0) {
                    throw new AssertionError("read more than had arrived");
                }
                return read;
            }
        };
        try (FormReader form = open(source, 1000)) {
            byte[] seen = new byte[front.length() * 2];
            FormUpload upload = new FormUpload(form, "B", "m", OURS);
            int length = 0;
            while (!new String(seen, 0, length, ISO_8859_1).contains("first bytes of the sound")) {
                length += upload.read(seen, length, seen.length - length);
            }
            assertThat(new String(seen, 0, length, ISO_8859_1)).isEqualTo(front);
        }
    }

    @Test
    void a_form_without_a_model_gets_the_default_one() throws IOException {
        try (FormReader form = open(cut(file("x") + END, 3), 1000)) {
            assertThat(form.outline(OURS, "default").model()).isEqualTo("default");
            assertThat(new String(new FormUpload(form, "B", "default", OURS).readAllBytes(), ISO_8859_1)).isEqualTo(file("x") + field("model", "default") + END);
        }
    }

    @Test
    void our_fields_have_types_and_others_are_text() throws IOException {
        String body = field("metadata", "{\"a\":1}") + field("disable_log", "true") + field("customer_identifier", "user {x}") + field("temperature", "0.5")
                + field("timestamp_granularities[]", "word") + field("timestamp_granularities[]", "segment") + field("model", "m") + END;
        try (FormReader form = open(cut(body, 9), 1000)) {
            assertThat(new String(form.outline(OURS, "").body(), UTF_8)).isEqualTo("{\"metadata\":{\"a\":1},\"disable_log\":true,\"customer_identifier\":\"user {x}\","
                    + "\"temperature\":\"0.5\",\"timestamp_granularities[]\":[\"word\",\"segment\"],\"model\":\"m\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm", "--B\r\nX: y\r\n\r\nv\r\n--B--", "--Bx\r\n\r\n",
        "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nv\r\n--B--", "--C--"})
    void a_broken_form_is_refused(String body) {
        assertThatThrownBy(() -> open(cut(body, 5), 1000)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_VALUE));
    }

    @Test
    void fields_and_heads_are_bounded() {
        for (String body : new String[] {field("a", "x".repeat(300_000)) + END, field("a", "x".repeat(200_000)).repeat(6) + END,
            field("a", "x").repeat(300) + END, "--B\r\nContent-Disposition: form-data; name=\"" + "n".repeat(9_000) + "\"\r\n\r\nv\r\n" + END}) {
            assertThatThrownBy(() -> open(cut(body, 8192), 1000)).isInstanceOf(GatewayException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"multipart/form-data; boundary=abc|abc", "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"|a b", "multipart/form-data;boundary=x;y=z|x",
        "multipart/form-data|", "multipart/mixed; boundary=x|", "application/json|"})
    void the_boundary_is_read_from_the_content_type(String type, String boundary) {
        assertThat(PartScanner.boundary(type)).isEqualTo(boundary);
    }
}

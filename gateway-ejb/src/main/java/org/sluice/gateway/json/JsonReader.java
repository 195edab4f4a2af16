package org.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Reads one JSON document strictly. All errors are {@link GatewayException}: INVALID_JSON, DUPLICATE_KEY or
 * INVALID_VALUE; callers that read a provider's bytes turn them into UPSTREAM_INVALID.
 */
public final class JsonReader {
    public static final int MAX_DEPTH = 64;
    public static final int MAX_TOKENS = 1_000_000;
    public static final int MAX_MEMBERS = 65_536;
    public static final int MAX_NUMBER = 40;
    private static final int MAX_NAME = 1_024;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxTokenCount(MAX_TOKENS)
                    .maxNameLength(MAX_NAME).maxNumberLength(MAX_NUMBER).maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private JsonReader() { }

    /** The members of a top-level object and where they stand; the whole document is checked. */
    public static Map<String, Member> readMembers(byte[] body) {
        return readMembers(body, Set.of());
    }

    /** @param noDuplicates names of top-level members inside which a name may not stand twice at any depth */
    public static Map<String, Member> readMembers(byte[] body, Set<String> noDuplicates) {
        try (JsonParser parser = open(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new GatewayException(ErrorType.INVALID_JSON, "The request body is not a JSON object.");
            }
            return new MemberScan(parser, body, noDuplicates).scan();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** The whole document as a tree. */
    public static JsonValue read(byte[] body) {
        return read(body, 0, body.length);
    }

    public static JsonValue read(byte[] body, int from, int to) {
        byte[] bytes = from == 0 && to == body.length ? body : Arrays.copyOfRange(body, from, to);
        try (JsonParser parser = open(bytes)) {
            parser.nextToken();
            return new TreeScan(parser, bytes).scan();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** What a provider sent: each part that is no UTF-8 becomes U+FFFD, so that a broken character does not cost the answer. */
    public static JsonValue readAnswer(byte[] body, int from, int to) {
        try {
            return read(body, from, to);
        } catch (GatewayException refused) {
            byte[] bytes = Arrays.copyOfRange(body, from, to);
            if (Utf8.isValid(bytes)) {
                throw refused;
            }
            return read(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The same for an object; anything else is INVALID_JSON. */
    public static JsonValue.JsonObject readAnswer(byte[] body) {
        if (readAnswer(body, 0, body.length) instanceof JsonValue.JsonObject object) {
            return object;
        }
        throw new GatewayException(ErrorType.INVALID_JSON, "The body is not a JSON object.");
    }

    /** The same for an object; anything else is INVALID_JSON. */
    public static JsonValue.JsonObject readObject(byte[] body) {
        if (read(body) instanceof JsonValue.JsonObject object) {
            return object;
        }
        throw new GatewayException(ErrorType.INVALID_JSON, "The body is not a JSON object.");
    }

    private static JsonParser open(byte[] body) throws IOException {
        if (body.length == 0) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body is empty; send a JSON object.");
        }
        if (!Utf8.isValid(body) || looksWide(body)) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body is not UTF-8 (without a byte order mark).");
        }
        return FACTORY.createParser(body);
    }

    /** A byte order mark, or a NUL among the first bytes, which is how UTF-16 and UTF-32 begin. */
    private static boolean looksWide(byte[] body) {
        if (body.length > 2 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf) {
            return true;
        }
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Jackson's messages may quote the document; ours never do. */
    private static GatewayException refused(IOException e) {
        if (e instanceof StreamConstraintsException) {
            String text = String.valueOf(e.getMessage());
            String what = text.contains("nesting depth") ? "nesting deeper than " + MAX_DEPTH
                    : text.contains("Token count") ? "more than " + MAX_TOKENS + " tokens"
                    : text.contains("Name length") ? "a name longer than " + MAX_NAME + " characters"
                    : text.contains("Number") ? "a number longer than " + MAX_NUMBER + " characters"
                    : "too many names";
            return new GatewayException(ErrorType.INVALID_JSON, "The request body exceeds a limit: " + what + ".");
        }
        String where = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " near byte " + json.getLocation().getByteOffset() : "";
        return new GatewayException(ErrorType.INVALID_JSON, "The request body is not well-formed JSON" + where + ".");
    }

    static void checkNumber(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > MAX_NUMBER) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body exceeds a limit: a number longer than " + MAX_NUMBER + " characters.");
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && hasHugeExponent(parser.getText())) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body exceeds a limit: an exponent beyond 308.");
        }
    }

    private static boolean hasHugeExponent(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return false;
        }
        String digits = number.substring(e + 1).replaceFirst("^[+-]?0*", "");
        return digits.length() > 3 || !digits.isEmpty() && Integer.parseInt(digits) > 308;
    }

    static String checkedName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                if (Character.isHighSurrogate(name.charAt(i)) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                    i++;
                } else {
                    throw GatewayException.invalid(null, "A name in the request body holds half a surrogate pair.");
                }
            }
        }
        return name;
    }

    static Map<String, Member> newMembers() {
        return new LinkedHashMap<>();
    }
}

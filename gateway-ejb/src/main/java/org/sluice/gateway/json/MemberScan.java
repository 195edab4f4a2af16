package org.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * One pass over a document that notes where the top-level members stand. Strings are skipped, not decoded; a value's
 * end is found by walking back from the next token over white space and the comma, which spares finishing the token.
 */
final class MemberScan {
    private final JsonParser parser;
    private final byte[] body;
    private final Set<String> noDuplicates;
    private final Map<String, Member> members = JsonReader.newMembers();
    private final int[] counts = new int[JsonReader.MAX_DEPTH + 2];
    @SuppressWarnings({"unchecked", "rawtypes"})
    private final Set<String>[] names = new Set[JsonReader.MAX_DEPTH + 2];

    MemberScan(JsonParser parser, byte[] body, Set<String> noDuplicates) {
        this.parser = parser;
        this.body = body;
        this.noDuplicates = noDuplicates;
    }

    Map<String, Member> scan() throws IOException {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.FIELD_NAME) {
            String name = JsonReader.checkedName(parser.currentName());
            int nameFrom = nameOffset();
            scanValue(parser.nextToken(), name);
            token = parser.nextToken();
            int next = token == JsonToken.FIELD_NAME ? nameOffset() : (int) parser.currentLocation().getByteOffset() - 1;
            Member member = new Member(nameFrom, valueAfter(nameFrom), endBefore(next));
            if (members.put(name, member) != null) {
                throw duplicate(name);
            }
            if (members.size() > JsonReader.MAX_MEMBERS) {
                throw tooMany(name);
            }
        }
        if (parser.nextToken() != null) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body holds more than one JSON document.");
        }
        return members;
    }

    /** Runs to the last token of the value whose first token is current. */
    private void scanValue(JsonToken first, String top) throws IOException {
        boolean strict = noDuplicates.contains(top);
        int depth = 0;
        JsonToken token = first;
        while (true) {
            if (token == null) {
                throw new GatewayException(ErrorType.INVALID_JSON, "The request body ends too early.");
            }
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    depth++;
                    counts[depth] = 0;
                    names[depth] = null;
                    if (token == JsonToken.START_OBJECT && (depth == 1 || strict)) {
                        names[depth] = new HashSet<>();
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME -> count(depth, top);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonReader.checkNumber(parser);
                default -> { }
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private void count(int depth, String top) throws IOException {
        if (++counts[depth] > JsonReader.MAX_MEMBERS) {
            throw tooMany(top);
        }
        if (names[depth] != null) {
            String name = JsonReader.checkedName(parser.currentName());
            if (!names[depth].add(name)) {
                throw duplicate(top + "." + name);
            }
        }
    }

    private static GatewayException duplicate(String path) {
        return GatewayException.of(ErrorType.DUPLICATE_KEY, path, "The name '" + path + "' stands twice.");
    }

    private static GatewayException tooMany(String path) {
        return GatewayException.invalid(path, "An object holds more than " + JsonReader.MAX_MEMBERS + " members.");
    }

    private int nameOffset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** First byte of the value whose name opens at {@code nameFrom}; the parser has already approved what stands between. */
    private int valueAfter(int nameFrom) {
        int at = nameFrom + 1;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        at++;
        while (isSpace(body[at]) || body[at] == ':') {
            at++;
        }
        return at;
    }

    private int endBefore(int next) {
        int end = next;
        while (isSpace(body[end - 1]) || body[end - 1] == ',') {
            end--;
        }
        return end;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}

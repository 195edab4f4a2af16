package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** JSON as plain maps and lists, and AWS's event stream written and read by hand: what the code under test is compared with. */
final class Wire {
    record Frame(Map<String, String> headers, String payload) {
        String name() {
            return headers.get(":event-type");
        }
    }

    private Wire() { }

    static Map<String, Object> object(byte[] json) {
        return object(plain(JsonReader.read(json)));
    }

    static Object value(String json) {
        return plain(JsonReader.read(json.getBytes(UTF_8)));
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> members = new TreeMap<>();
            object.members().forEach((name, member) -> {
                if (!member.isNull()) {
                    members.put(name, plain(member));
                }
            });
            return members;
        }
        if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof JsonNumber number) {
            return number.decimal().signum() == 0 ? BigDecimal.ZERO : number.decimal().stripTrailingZeros();
        }
        return value instanceof JsonLiteral literal ? (Object) (literal == JsonLiteral.TRUE) : value.asText();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }

    static byte[] json(Object plain) {
        JsonWriter json = new JsonWriter();
        write(json, plain);
        return json.toBytes();
    }

    private static void write(JsonWriter json, Object plain) {
        if (plain instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, value) -> write(json.name((String) name), value));
            json.endObject();
        } else if (plain instanceof List<?> list) {
            json.beginArray();
            list.forEach(item -> write(json, item));
            json.endArray();
        } else if (plain instanceof String text) {
            json.value(text);
        } else {
            json.literal(plain instanceof BigDecimal number ? number.toPlainString() : String.valueOf(plain));
        }
    }

    static byte[] message(Map<String, String> headers, byte[] payload) {
        java.io.ByteArrayOutputStream fields = new java.io.ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            fields.write(name.length());
            fields.writeBytes(name.getBytes(UTF_8));
            fields.write(7);
            fields.write(value.getBytes(UTF_8).length >> 8);
            fields.write(value.getBytes(UTF_8).length);
            fields.writeBytes(value.getBytes(UTF_8));
        });
        return message(fields.toByteArray(), payload);
    }

    static byte[] message(byte[] headers, byte[] payload) {
        ByteBuffer message = ByteBuffer.allocate(16 + headers.length + payload.length);
        message.putInt(message.capacity()).putInt(headers.length).putInt(sum(message.array(), 8));
        message.put(headers).put(payload);
        return message.putInt(sum(message.array(), message.position())).array();
    }

    static byte[] event(String name, String payload) {
        return message(Map.of(":message-type", "event", ":event-type", name, ":content-type", "application/json"), payload.getBytes(UTF_8));
    }

    private static int sum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    static List<Frame> frames(byte[] stream) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(stream);
        while (buffer.hasRemaining()) {
            int start = buffer.position();
            int length = buffer.getInt();
            int headerLength = buffer.getInt();
            buffer.getInt();
            Map<String, String> headers = new LinkedHashMap<>();
            while (buffer.position() < start + 12 + headerLength) {
                String name = text(buffer, buffer.get() & 0xff);
                buffer.get();
                headers.put(name, text(buffer, buffer.getShort()));
            }
            frames.add(new Frame(headers, text(buffer, start + length - 4 - buffer.position())));
            buffer.getInt();
        }
        return frames;
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, UTF_8);
    }

    static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

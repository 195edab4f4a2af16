package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The binary frames in which Amazon's services stream: lengths, headers, payload, checksums.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Smithy: Amazon Event Stream specification</a>
 */
final class AwsFrames {
    private static final int PRELUDE = 12;
    private static final int STRING = 7;

    private AwsFrames() { }

    /** Each event as an object with one member: its name and its payload; a chunk of InvokeModel as what is wrapped in it. */
    static List<Object> payloads(byte[] stream) {
        List<Object> payloads = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(stream); in.remaining() > PRELUDE;) {
            int start = in.position();
            int length = in.getInt();
            int headersEnd = in.getInt() + start + PRELUDE;
            in.getInt();
            Map<String, String> headers = new LinkedHashMap<>();
            while (in.position() < headersEnd) {
                String name = text(in, in.get());
                if (in.get() != STRING) {
                    throw new IllegalStateException("a header that is no text: " + name);
                }
                headers.put(name, text(in, in.getShort()));
            }
            String payload = text(in, length - (in.position() - start) - 4);
            in.getInt();
            String name = headers.getOrDefault(":event-type", headers.getOrDefault(":exception-type", "?"));
            String wrapped = Tree.text(Tree.read(payload), "bytes");
            payloads.add(name.equals("chunk") && wrapped != null ? Tree.read(Base64.getDecoder().decode(wrapped)) : Map.of(name, Tree.read(payload)));
        }
        return payloads;
    }

    /** @param events each an object with one member: the event's name and its payload */
    static byte[] of(List<String> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String event : events) {
            String name = Tree.object(Tree.read(event)).keySet().iterator().next();
            String payload = event.substring(event.indexOf(':', event.indexOf(name)) + 1, event.lastIndexOf('}')).strip();
            out.writeBytes(frame(name, payload.getBytes(UTF_8)));
        }
        return out.toByteArray();
    }

    private static byte[] frame(String name, byte[] payload) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, ":event-type", name);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", "event");
        int length = PRELUDE + headers.size() + payload.length + 4;
        ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(headers.size());
        frame.putInt(crc(frame, 8)).put(headers.toByteArray()).put(payload);
        return frame.putInt(crc(frame, length - 4)).array();
    }

    private static int crc(ByteBuffer frame, int to) {
        CRC32 crc = new CRC32();
        crc.update(frame.array(), 0, to);
        return (int) crc.getValue();
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(UTF_8));
        out.write(STRING);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) value.length()).array());
        out.writeBytes(value.getBytes(UTF_8));
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }
}

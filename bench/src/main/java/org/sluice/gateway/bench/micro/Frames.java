package org.sluice.gateway.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/** A ConverseStream in AWS's binary framing: <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html">length, headers, payload, sums</a>. */
final class Frames {
    private Frames() { }

    static byte[] converse(int chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        event(out, "messageStart", "{\"p\":\"abcdefghijk\",\"role\":\"assistant\"}");
        for (int chunk = 0; chunk < chunks; chunk++) {
            event(out, "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\" word" + chunk + "\"},\"p\":\"abcdefghijklmnopqrstuvwxyz\"}");
        }
        event(out, "contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"abcd\"}");
        event(out, "messageStop", "{\"p\":\"abcdefg\",\"stopReason\":\"end_turn\"}");
        event(out, "metadata", "{\"metrics\":{\"latencyMs\":500},\"p\":\"abc\",\"usage\":{\"inputTokens\":9,\"outputTokens\":1000,\"totalTokens\":1009}}");
        return out.toByteArray();
    }

    private static void event(ByteArrayOutputStream out, String name, String payload) {
        try {
            ByteArrayOutputStream headers = new ByteArrayOutputStream();
            DataOutputStream header = new DataOutputStream(headers);
            for (String[] pair : new String[][] {{":event-type", name}, {":content-type", "application/json"}, {":message-type", "event"}}) {
                header.writeByte(pair[0].length());
                header.writeBytes(pair[0]);
                header.writeByte(7);
                header.writeShort(pair[1].length());
                header.writeBytes(pair[1]);
            }
            byte[] body = payload.getBytes(UTF_8);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            DataOutputStream writer = new DataOutputStream(frame);
            writer.writeInt(16 + headers.size() + body.length);
            writer.writeInt(headers.size());
            writer.writeInt(sum(frame.toByteArray()));
            headers.writeTo(writer);
            writer.write(body);
            writer.writeInt(sum(frame.toByteArray()));
            frame.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}

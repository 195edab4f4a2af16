package org.sluice.gateway.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.sluice.gateway.ingress.PartScanner.Part;

/** The bytes of a form for a provider: its parts as they came, the model renamed, the gateway's fields left out, the same boundary. */
final class FormUpload extends InputStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private final FormReader form;
    private final byte[] opening;
    private final byte[] closing;
    private final Set<String> leftOut;
    private final Deque<InputStream> pending = new ArrayDeque<>();
    private Part streaming;
    private boolean isOver;

    /** @param model the name the provider knows the model by */
    FormUpload(FormReader form, String boundary, String model, Set<String> leftOut) throws IOException {
        this.form = form;
        this.opening = ("--" + boundary + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        this.closing = ("--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        this.leftOut = leftOut;
        boolean hasModel = false;
        for (FormReader.Held part : form.held()) {
            boolean isModel = part.part().name().equals("model") && part.value() != null;
            hasModel |= isModel;
            if (isModel) {
                add(part.part(), model.getBytes(StandardCharsets.UTF_8));
            } else if (part.value() != null && !leftOut.contains(part.part().name())) {
                add(part.part(), part.value());
            } else if (part.file() != null) {
                add(bytes(opening, part.part().head()));
                pending.add(part.file().open());
                add(LINE_END);
            }
        }
        if (!hasModel) {
            add(new Part("model", false, "Content-Disposition: form-data; name=\"model\"\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                    model.getBytes(StandardCharsets.UTF_8));
        }
        streaming = form.current();
        add(streaming == null ? closing : bytes(opening, streaming.head()));
        isOver = streaming == null;
    }

    private void add(Part part, byte[] value) {
        add(bytes(opening, part.head(), value, LINE_END));
    }

    private void add(byte[] bytes) {
        pending.add(new ByteArrayInputStream(bytes));
    }

    private static byte[] bytes(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            joined.writeBytes(piece);
        }
        return joined.toByteArray();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        while (most > 0) {
            while (!pending.isEmpty()) {
                int read = pending.peek().read(target, from, most);
                if (read > 0) {
                    return read;
                }
                pending.poll();
            }
            if (isOver) {
                return -1;
            }
            int read = form.parts().readBody(target, from, most);
            if (read >= 0) {
                return read;
            }
            advance();
        }
        return 0;
    }

    /** The file that was passing is over: on to the next part that the provider gets. */
    private void advance() throws IOException {
        add(LINE_END);
        Part next = form.parts().next();
        while (next != null && !next.isFile() && (leftOut.contains(next.name()) || next.name().equals("model"))) {
            next = form.parts().next();
        }
        isOver = next == null;
        add(isOver ? closing : bytes(opening, next.head()));
    }
}

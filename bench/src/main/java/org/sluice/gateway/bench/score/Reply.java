package org.sluice.gateway.bench.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;

/** One answer of a played provider; the connection ends with it. */
final class Reply {
    static final String DONE = "data: [DONE]\n\n";
    private static final String USAGE = "{\"prompt_tokens\":1000,\"completion_tokens\":500,\"total_tokens\":1500}";
    private final Socket socket;
    final boolean isStream;

    Reply(Socket socket, boolean isStream) {
        this.socket = socket;
        this.isStream = isStream;
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** A good answer in the way it was asked for; its words are the provider's name. */
    void well(String name) throws IOException {
        if (!isStream) {
            whole(200, "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + name + "-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                    + name + " words\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}");
            return;
        }
        begin();
        chunk(event(name + " words"));
        rest(name);
    }

    /** What ends a stream well. */
    void rest(String name) throws IOException {
        chunk("data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + name + "-model\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        chunk("data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + name + "-model\",\"choices\":[],\"usage\":" + USAGE + "}\n\n");
        chunk(DONE);
        write("0\r\n\r\n");
    }

    static String event(String words) {
        return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"" + words + "\"}}]}\n\n";
    }

    void begin() throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    }

    void chunk(String data) throws IOException {
        write(Integer.toHexString(data.getBytes(UTF_8).length) + "\r\n" + data + "\r\n");
    }

    void error(int status, String code, String message, String... headers) throws IOException {
        whole(status, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"error\",\"param\":null,\"code\":\"" + code + "\"}}", headers);
    }

    private void whole(int status, String json, String... headers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nConnection: close\r\n" + lines + "Content-Length: " + json.getBytes(UTF_8).length + "\r\n\r\n" + json);
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says nothing for so long, or until the gateway hangs up. */
    void silence(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (socket.getInputStream().read() >= 0) { }
        } catch (java.net.SocketTimeoutException over) {
            // the silence is over
        }
    }
}

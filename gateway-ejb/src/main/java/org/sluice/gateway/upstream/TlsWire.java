package org.sluice.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS by the JDK: certificate path and host name are checked, sessions are resumed by host and port. */
final class TlsWire implements Wire {
    private final InputStream in;
    private final OutputStream out;

    private TlsWire(SSLSocket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Shakes hands; the host name the certificate must carry is the one the socket was made for. */
    static TlsWire open(SSLSocket socket) throws IOException {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsWire(socket);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        return in.read(target, from, length);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        out.write(source, from, length);
    }

    @Override
    public boolean isDrained() throws IOException {
        return in.available() == 0;
    }
}

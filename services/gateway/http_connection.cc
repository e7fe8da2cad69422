#include "services/gateway/http_connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/optional.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "services/gateway/client_certificate.h"
#include "services/gateway/http_sender.h"
#include "services/gateway/response_head.h"
#include "services/gateway/wire_request.h"

namespace bedside {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using TlsStream = asio::ssl::stream<Tcp::socket>;
using Error = boost::system::error_code;

constexpr size_t kReadBytes = 16 << 10;
// What is read of a body at once, beside the head.
constexpr size_t kBufferedBytes = 64 << 10;
// What a client goes on sending after it was refused is read and dropped for that long, so that it sees the refusal.
constexpr std::chrono::milliseconds kLingering{2'000};
constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";

// All that is not said to be thread-safe runs on the strand of the socket.
template <typename Stream>
class Connection : public HttpConnection, public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <typename... Arguments>
  explicit Connection(ConnectionSetup setup, Tcp::socket socket, Arguments&... arguments)
      : setup_(std::move(setup)),
        stream_(std::move(socket), arguments...),
        timer_(stream_.get_executor()),
        sender_(&stream_, setup_.limits.write, [this] { CloseNow(); }),
        buffer_(setup_.limits.head_bytes + kBufferedBytes) {}

  void Start() override {
    OnStrand([this] {
      peer_ = PeerOf(socket());
      Handshake();
    });
  }
  void Drain() override {
    OnStrand([this] {
      drains_ = true;
      if (!answers_) CloseNow();
    });
  }
  void Close() override {
    OnStrand([this] { CloseNow(); });
  }

  // What an exchange asks for; thread-safe.
  void Reply(HttpResponse response) {
    OnStrand([this, response = std::move(response)] { SendWhole(response); });
  }
  void BeginStream(HttpResponse head) {
    OnStrand([this, head = std::move(head)] {
      framing_ = has_chunks_ ? BodyFraming::kChunked : BodyFraming::kToEnd;
      keeps_alive_ = keeps_alive_ && has_chunks_;
      Send(ResponseHead(head, framing_, keeps_alive_), [] {});
    });
  }
  void Write(std::string bytes, std::function<void()> written) {
    OnStrand([this, bytes = std::move(bytes), written = std::move(written)]() mutable {
      Send(framing_ == BodyFraming::kChunked ? Chunk(bytes) : std::move(bytes), std::move(written));
    });
  }
  void EndStream() {
    OnStrand([this] { Send(framing_ == BodyFraming::kChunked ? kLastChunk : "", [this] { EndAnswer(); }); });
  }
  void OnGone(std::function<void()> gone) {
    OnStrand([this, gone = std::move(gone)]() mutable {
      if (closed_) return gone();
      gone_ = std::move(gone);
    });
  }

 private:
  static constexpr bool kIsTls = std::is_same<Stream, TlsStream>::value;

  class Exchange : public HttpExchange {
   public:
    Exchange(std::shared_ptr<Connection> connection, HttpRequest request, std::string body)
        : connection_(std::move(connection)), request_(std::move(request)), body_(std::move(body)) {}

    const HttpRequest& request() const override { return request_; }
    std::string TakeBody() override { return std::move(body_); }
    void Reply(HttpResponse response) override { connection_->Reply(std::move(response)); }
    void BeginStream(HttpResponse head) override { connection_->BeginStream(std::move(head)); }
    void Write(std::string bytes, std::function<void()> written) override {
      connection_->Write(std::move(bytes), std::move(written));
    }
    void EndStream() override { connection_->EndStream(); }
    void OnGone(std::function<void()> gone) override { connection_->OnGone(std::move(gone)); }

   private:
    const std::shared_ptr<Connection> connection_;
    const HttpRequest request_;
    std::string body_;
  };

  Tcp::socket& socket() {
    if constexpr (kIsTls)
      return stream_.next_layer();
    else
      return stream_;
  }

  // Keeps the connection until `run` has run.
  template <typename Run>
  void OnStrand(Run run) {
    asio::post(stream_.get_executor(), [self = this->shared_from_this(), run = std::move(run)]() mutable { run(); });
  }

  void Send(std::string bytes, std::function<void()> written) {
    sender_.Send(this->shared_from_this(), std::move(bytes), std::move(written));
  }

  // Unless another time is set before.
  void CloseAfter(std::chrono::milliseconds time) {
    if (closed_) return;
    timer_.expires_after(time);
    timer_.async_wait([self = this->shared_from_this()](const Error& error) {
      // One that has just been set anew may still report the time before.
      if (!error && std::chrono::steady_clock::now() >= self->timer_.expiry()) self->CloseNow();
    });
  }

  void CloseNow() {
    if (closed_) return;
    closed_ = true;
    timer_.cancel();
    Error ignored;
    socket().shutdown(Tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
    if (gone_ != nullptr) std::exchange(gone_, nullptr)();
    sender_.Close();
  }

  void Handshake() {
    if constexpr (!kIsTls)
      return AwaitRequest();
    else {
      CloseAfter(setup_.limits.handshake);
      stream_.async_handshake(asio::ssl::stream_base::server, [self = this->shared_from_this()](const Error& error) {
        error ? self->CloseNow() : self->AwaitRequest();
      });
    }
  }

  void AwaitRequest() {
    if (drains_) return CloseNow();
    if (buffer_.size() > 0) return ReadHead();
    CloseAfter(setup_.limits.idle);
    if (!reads_ahead_) ReadAhead();
  }

  // The next request's first bytes, or the end of the connection.
  void ReadAhead() {
    reads_ahead_ = true;
    stream_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = this->shared_from_this()](const Error& error, size_t size) {
                              self->reads_ahead_ = false;
                              if (error) return self->CloseNow();
                              self->buffer_.commit(size);
                              if (!self->answers_) self->ReadHead();
                            });
  }

  void ReadHead() {
    CloseAfter(setup_.limits.request);
    parser_.emplace();
    parser_->header_limit(setup_.limits.head_bytes);
    // What may follow is known when the head is.
    parser_->body_limit(boost::none);
    http::async_read_header(stream_, buffer_, *parser_, [self = this->shared_from_this()](const Error& error, size_t) {
      error ? self->RefuseUnreadable(error) : self->Judge();
    });
  }

  void Judge() {
    if (closed_) return;
    head_ = HeadOf(*parser_);
    head_.peer = peer_;
    if constexpr (kIsTls) head_.certificate_names = ClientCertificateNames(stream_.native_handle());
    answers_ = true;
    has_body_ = head_.verb != "HEAD";
    has_chunks_ = parser_->get().version() >= 11;
    keeps_alive_ = parser_->keep_alive();
    if (!HasClearEnd(*parser_)) {
      keeps_alive_ = false;
      return ReplyUnread(UnreadableResponse(400, setup_.limits));
    }
    verdict_ = setup_.handler(head_);
    if (verdict_.reply.has_value()) return ReplyUnread(*verdict_.reply);
    if (parser_->content_length().value_or(0) > verdict_.most_body_bytes) {
      return ReplyUnread(UnreadableResponse(413, setup_.limits));
    }
    // Of a body in chunks.
    parser_->body_limit(verdict_.most_body_bytes);
    const bool waits = beast::iequals(parser_->get()[http::field::expect], "100-continue");
    waits ? Send(kContinue, [this] { ReadBody(); }) : ReadBody();
  }

  void ReadBody() {
    if (closed_) return;
    http::async_read(stream_, buffer_, *parser_, [self = this->shared_from_this()](const Error& error, size_t) {
      error ? self->RefuseUnreadable(error) : self->Answer();
    });
  }

  void RefuseUnreadable(const Error& error) {
    const int http_status = StatusOfUnreadable(error);
    if (http_status == 0 || closed_) return CloseNow();
    answers_ = true;
    ReplyUnread(UnreadableResponse(http_status, setup_.limits));
  }

  // Answers a request whose body is not read: nothing can follow it on this connection, unless it has none.
  void ReplyUnread(const HttpResponse& response) {
    timer_.cancel();
    keeps_alive_ = keeps_alive_ && parser_->is_done();
    lingers_ = !keeps_alive_;
    SendWhole(response);
  }

  void Answer() {
    if (closed_) return;
    timer_.cancel();
    if (buffer_.size() == 0 && !reads_ahead_) ReadAhead();
    auto exchange =
        std::make_shared<Exchange>(this->shared_from_this(), std::move(head_), std::move(parser_->get().body()));
    std::exchange(verdict_, {}).answer(std::move(exchange));
  }

  void SendWhole(const HttpResponse& response) {
    keeps_alive_ = keeps_alive_ && !drains_;
    std::string bytes = ResponseHead(response, BodyFraming::kLength, keeps_alive_);
    if (has_body_) bytes += response.body;
    Send(std::move(bytes), [this] { EndAnswer(); });
  }

  void EndAnswer() {
    gone_ = nullptr;
    answers_ = false;
    if (closed_) return;
    if (keeps_alive_) return AwaitRequest();
    lingers_ ? Linger() : CloseNow();
  }

  void Linger() {
    CloseAfter(kLingering);
    Error ignored;
    socket().shutdown(Tcp::socket::shutdown_send, ignored);
    ReadAndDrop();
  }

  void ReadAndDrop() {
    buffer_.clear();
    socket().async_read_some(buffer_.prepare(kReadBytes),
                             [self = this->shared_from_this()](const Error& error, size_t) {
                               error ? self->CloseNow() : self->ReadAndDrop();
                             });
  }

  const ConnectionSetup setup_;
  Stream stream_;
  // Of reading; the sender has its own.
  asio::steady_timer timer_;
  HttpSender<Stream> sender_;
  beast::flat_buffer buffer_;
  std::string peer_;
  // Of the request that is read, or answered.
  boost::optional<WireParser> parser_;
  HttpRequest head_;
  HeadVerdict verdict_;
  // To be told when the client leaves before its answer.
  std::function<void()> gone_;
  BodyFraming framing_ = BodyFraming::kLength;
  bool keeps_alive_ = false;
  bool has_chunks_ = false;
  bool has_body_ = true;
  bool lingers_ = false;
  // Whether a head has come whose request is not answered yet.
  bool answers_ = false;
  // Whether ReadAhead has not returned yet.
  bool reads_ahead_ = false;
  bool drains_ = false;
  bool closed_ = false;
};

}  // namespace

std::shared_ptr<HttpConnection> MakeConnection(Tcp::socket socket, ConnectionSetup setup) {
  if (setup.tls == nullptr) return std::make_shared<Connection<Tcp::socket>>(std::move(setup), std::move(socket));
  asio::ssl::context& tls = *setup.tls;
  return std::make_shared<Connection<TlsStream>>(std::move(setup), std::move(socket), tls);
}

}  // namespace bedside

// The sending half of a connection: writes one text after the other, in pieces, and gives up where the client takes
// none for too long.
//
// Runs on the strand of the stream; so do its callbacks.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_SENDER_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_SENDER_H_

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace bedside {

template <typename Stream>
class HttpSender {
 public:
  // `failed` is called when a piece could not be written, or not within `longest`; it calls Close.
  HttpSender(Stream* stream, std::chrono::milliseconds longest, std::function<void()> failed)
      : stream_(stream), timer_(stream->get_executor()), longest_(longest), failed_(std::move(failed)) {}

  // `written` is called when all of `bytes` is, or nothing can be written any more. `owner` of this is held until then.
  void Send(std::shared_ptr<void> owner, std::string bytes, std::function<void()> written) {
    if (closed_) return written();
    waiting_.push_back({std::move(owner), std::move(bytes), std::move(written)});
    if (waiting_.size() == 1) WritePiece();
  }

  // Calls back for all that waits. What is being written keeps its bytes until the stream lets go of them.
  void Close() {
    if (closed_) return;
    closed_ = true;
    timer_.cancel();
    std::deque<std::function<void()>> callbacks;
    for (Text& text : waiting_) callbacks.push_back(std::move(text.written));
    for (const std::function<void()>& written : callbacks) written();
  }

 private:
  struct Text {
    std::shared_ptr<void> owner;
    std::string bytes;
    std::function<void()> written;
  };

  static constexpr size_t kPieceBytes = 64 << 10;

  void WritePiece() {
    const Text& text = waiting_.front();
    timer_.expires_after(longest_);
    timer_.async_wait([this, owner = text.owner](const boost::system::error_code& error) {
      if (!error && !closed_ && std::chrono::steady_clock::now() >= timer_.expiry()) failed_();
    });
    const size_t size = std::min(text.bytes.size() - begin_, kPieceBytes);
    stream_->async_write_some(boost::asio::buffer(text.bytes.data() + begin_, size),
                              [this, owner = text.owner](const boost::system::error_code& error, size_t written) {
                                OnWritten(error, written);
                              });
  }

  void OnWritten(const boost::system::error_code& error, size_t written) {
    if (error && !closed_) failed_();
    // Whoever failed has closed this.
    if (closed_) return waiting_.clear();
    begin_ += written;
    if (begin_ < waiting_.front().bytes.size()) return WritePiece();
    timer_.cancel();
    begin_ = 0;
    const Text text = std::move(waiting_.front());
    waiting_.pop_front();
    if (!waiting_.empty()) WritePiece();
    text.written();
  }

  Stream* const stream_;
  boost::asio::steady_timer timer_;
  const std::chrono::milliseconds longest_;
  const std::function<void()> failed_;
  std::deque<Text> waiting_;
  // Of the first that waits, what has been written.
  size_t begin_ = 0;
  bool closed_ = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_SENDER_H_

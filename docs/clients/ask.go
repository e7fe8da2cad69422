// Asks Bedside over HTTP, with nothing but Go's own library.
//
//	usage: go run ask.go URL QUESTION      the token, where the site has one, in BEDSIDE_TOKEN
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const mostTries = 5

type answer struct {
	Text struct {
		Sentences []struct {
			Text      string
			Citations []struct{ EvidenceNumber int }
		}
	}
	Abstention *struct{ Message string }
	Basis      struct {
		Warnings []struct{ Message string }
		Evidence []struct {
			Document struct{ Name, Title, Publisher string }
		}
	}
}

type response struct {
	Answer answer
	Error  struct{ Message string }
}

// post asks again, when the server says, what it refuses for load.
func post(url string, request any) (response, error) {
	body, err := json.Marshal(request)
	if err != nil {
		return response{}, err
	}
	for tries := 1; ; tries++ {
		call, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return response{}, err
		}
		call.Header.Set("Content-Type", "application/json")
		call.Header.Set("grpc-timeout", "30S")
		if token := os.Getenv("BEDSIDE_TOKEN"); token != "" {
			call.Header.Set("Authorization", "Bearer "+token)
		}
		reply, err := http.DefaultClient.Do(call)
		if err != nil {
			return response{}, err
		}
		var read response
		err = json.NewDecoder(reply.Body).Decode(&read)
		reply.Body.Close()
		isBusy := reply.StatusCode == http.StatusTooManyRequests || reply.StatusCode == http.StatusServiceUnavailable
		switch {
		case err != nil:
			return response{}, err
		case reply.StatusCode == http.StatusOK:
			return read, nil
		case !isBusy || tries == mostTries:
			return response{}, fmt.Errorf("%s", read.Error.Message)
		}
		seconds, _ := strconv.Atoi(reply.Header.Get("Retry-After"))
		time.Sleep(time.Duration(max(seconds, 1)) * time.Second)
	}
}

func show(a answer) {
	for _, warning := range a.Basis.Warnings {
		fmt.Println("! " + warning.Message)
	}
	if a.Abstention != nil {
		fmt.Println("No answer: " + a.Abstention.Message)
	}
	for _, sentence := range a.Text.Sentences {
		var numbers []string
		for _, citation := range sentence.Citations {
			numbers = append(numbers, strconv.Itoa(citation.EvidenceNumber))
		}
		fmt.Printf("%s [%s]\n", sentence.Text, strings.Join(numbers, ", "))
	}
	for i, evidence := range a.Basis.Evidence {
		fmt.Printf("[%d] %s, %s\n", i+1, evidence.Document.Title, evidence.Document.Publisher)
	}
}

func main() {
	read, err := post(os.Args[1]+"/v1/corpora/default:answer", map[string]string{"question": os.Args[2]})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	show(read.Answer)
}

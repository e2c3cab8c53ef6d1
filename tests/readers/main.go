// Reads a samtycke log with the Go project's own transparency-log packages, golang.org/x/mod/sumdb: another language, and
// nobody of ours wrote a line of what checks here.
//
//	main PREFIX VKEY
//
// PREFIX is the log's address, such as http://localhost:8080/v1/logs/ID. It verifies the newest checkpoint's signature,
// reads the tree through its tiles, and proves every entry's inclusion and the consistency of every earlier size.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The most entries that are proven one by one.
const provenMax = 1000

func main() {
	if len(os.Args) != 3 {
		fail("usage: main PREFIX VKEY")
	}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	log := reader{strings.TrimSuffix(os.Args[1], "/"), map[string][]byte{}}
	signed, err := note.Open(log.get("checkpoint"), note.VerifierList(verifier))
	check(err)
	tree := parse(signed.Text, verifier.Name())
	if tree.N == 0 {
		fail("the log is empty")
	}
	hashes := tlog.TileHashReader(tree, log)
	entries := log.entries(tree.N)
	for index, entry := range entries {
		if index >= provenMax {
			break
		}
		proof, err := tlog.ProveRecord(tree.N, int64(index), hashes)
		check(err)
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)))
	}
	// The old trees are made from the entries alone, so that no tile can agree with itself.
	old := memory{}
	for index, entry := range entries {
		made, err := tlog.StoredHashes(int64(index), entry, old)
		check(err)
		for _, hash := range made {
			old[int64(len(old))] = hash
		}
		size := int64(index) + 1
		if size > provenMax && size < tree.N {
			continue
		}
		root, err := tlog.TreeHash(size, old)
		check(err)
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, size, root))
	}
	fmt.Printf("%s: %d entries, each proven\n", verifier.Name(), tree.N)
}

// parse reads a C2SP checkpoint: origin, size and root.
func parse(text, origin string) tlog.Tree {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		fail("not a checkpoint of " + origin + ": " + text)
	}
	var tree tlog.Tree
	_, err := fmt.Sscan(lines[1], &tree.N)
	check(err)
	tree.Hash, err = tlog.ParseHash(lines[2])
	check(err)
	return tree
}

// reader reads a log over HTTP, each file once.
type reader struct {
	prefix string
	read   map[string][]byte
}

func (r reader) Height() int { return 8 }

func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		all = append(all, r.get(path(tile)))
	}
	return all, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads every entry from its bundle: each after its length in two bytes.
func (r reader) entries(size int64) [][]byte {
	var all [][]byte
	for start := int64(0); start < size; start += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: start / 256, W: int(size - start)}
		if tile.W > 256 {
			tile.W = 256
		}
		bundle := r.get(path(tile))
		for len(bundle) > 0 {
			length := binary.BigEndian.Uint16(bundle)
			all = append(all, append([]byte(nil), bundle[2:2+length]...))
			bundle = bundle[2+length:]
		}
	}
	return all
}

// path is a tile's C2SP path. Go's has the height in it, and another word for entries.
func path(tile tlog.Tile) string {
	rest := strings.TrimPrefix(tile.Path(), "tile/8/")
	return "tile/" + strings.Replace(rest, "data/", "entries/", 1)
}

func (r reader) get(path string) []byte {
	if body, here := r.read[path]; here {
		return body
	}
	response, err := http.Get(r.prefix + "/" + path)
	check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	if response.StatusCode != http.StatusOK {
		fail(fmt.Sprintf("%s: status %d", path, response.StatusCode))
	}
	r.read[path] = body
	return body
}

// memory holds the hashes of a tree that was made here.
type memory map[int64]tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, index := range indexes {
		all = append(all, m[index])
	}
	return all, nil
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "FAILED:", why)
	os.Exit(1)
}
